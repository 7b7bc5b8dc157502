using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Lure.Core.Kernel;
using Lure.Sim.Polling;
using Lure.Sim.Sockets;
using NUnit.Framework;

namespace Lure.Sim.Tests;

/// <summary>The fake answers random scripts as the real kernel did when they were recorded.</summary>
public sealed class RecordedScriptTests
{
    [Test]
    public void EveryAnswerIsTheRecordedOne()
    {
        List<string> differences = [];
        int scripts = 0;
        string file = Path.Combine(TestContext.CurrentContext.TestDirectory, "Recorded", "loopback.txt");
        foreach (string line in File.ReadLines(file))
        {
            if (line.StartsWith('#'))
            {
                continue;
            }

            scripts++;
            string[] halves = line.Split('|');
            string[] steps = halves[0].Split(' ');
            string answers = string.Join(' ', Play(steps));
            if (answers != halves[1])
            {
                differences.Add($"{halves[0]}\n  fake {answers}\n  real {halves[1]}");
            }
        }

        Assert.That(scripts, Is.GreaterThan(100));
        Assert.That(differences, Is.Empty);
    }

    private static IEnumerable<string> Play(string[] steps)
    {
        FakeWorld world = new();
        SocketAddress address = FakeAddress.IPv4(1);
        TcpSocket listener = world.Network.Create();
        listener.Listen(address, 1);
        TcpSocket connected = world.Network.Create();
        connected.Connect(address);
        End[] ends = [new(world, listener.TakeAccepted()!), new(world, connected)];
        foreach (string step in steps)
        {
            int size = step.Length > 2 ? int.Parse(step.AsSpan(2), CultureInfo.InvariantCulture) : 0;
            yield return ends[step[0] - 'a'].Answer(step[1], size);
        }
    }

    private sealed class End
    {
        private readonly FakeWorld _world;
        private readonly TcpSocket _socket;
        private readonly Epoll _epoll = new();
        private readonly KernelEvent[] _events = new KernelEvent[1];

        public End(FakeWorld world, TcpSocket socket)
        {
            _world = world;
            _socket = socket;
            _epoll.Add(0, socket, Interest.Connection, 1);
        }

        public string Answer(char call, int size) =>
            call switch
            {
                's' => Text(_socket.Send(new byte[size], [])),
                'r' => Text(_socket.Receive(new byte[size], [])),
                'w' => Text(_socket.Shutdown(read: false, write: true)),
                'd' => Text(_socket.Shutdown(read: true, write: false)),
                'x' => Text(_socket.Shutdown(read: true, write: true)),
                'e' => Text(_socket.TakeError()),
                'p' => Text((int)_socket.Poll()),
                't' => Edge(),
                'm' => Text(_epoll.Modify(0, _socket, Interest.Connection, 1)),
                'l' => Linger(),
                'c' => Close(),
                _ => throw new InvalidDataException($"unknown call '{call}'"),
            };

        private static string Text(int answer) => answer.ToString(CultureInfo.InvariantCulture);

        private string Edge()
        {
            _world.Network.Settle();
            return _epoll.Collect(_events) == 0 ? "-" : Text((int)_events[0].Readiness);
        }

        private string Linger()
        {
            _socket.ResetOnClose = true;
            return "0";
        }

        private string Close()
        {
            _socket.DropWatchers();
            _socket.Close();
            return "0";
        }
    }
}
