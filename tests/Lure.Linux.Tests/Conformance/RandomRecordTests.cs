using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lure.Linux.Conformance;
using Lure.Sim.Conformance;
using Lure.Tests;
using NUnit.Framework;

namespace Lure.Linux.Tests.Conformance;

/// <summary>
/// Random scripts with the answers of a real kernel, a line each, for the tests of the fake alone. LURE_UPDATE=1
/// records them anew on this machine: those to which the kernel gives one answer each time, and the fake the same.
/// </summary>
internal sealed class RandomRecordTests
{
    private const int Scripts = 400;

    /// <summary>A machine under load may let a timer of the kernel fall between two steps; not each time.</summary>
    private const int Tries = 10;

    private static string Record => Checkout.PathOf("tests", "Lure.Sim.Tests", "Recorded", "random.txt");

    private LinuxSocketApi _api;

    [Test]
    public void This_kernel_answers_as_recorded()
    {
        using DescriptorHoles holes = new();
        _api = new LinuxSocketApi(new FreshAddresses());
        if (Environment.GetEnvironmentVariable("LURE_UPDATE") == "1")
        {
            File.WriteAllLines(Record, Recorded(new Conformer<LinuxSocketApi>(_api)));
        }

        string[] lines = File.ReadAllLines(Record);
        Assert.That(lines, Has.Length.EqualTo(2 * Scripts));
        for (int i = 0; i < lines.Length; i += 2)
        {
            Step[] steps = ScriptText.Parse(lines[i]);
            string real = "";
            for (int j = 0; j < Tries && real != lines[i + 1]; j++)
            {
                real = Answers(steps);
            }

            Assert.That(real, Is.EqualTo(lines[i + 1]), lines[i]);
        }
    }

    private string Answers(Step[] steps)
    {
        Answer[] answers = new Answer[steps.Length];
        new ScriptRunner<LinuxSocketApi>(_api).Play(steps, answers);
        return AnswerText.Recorded(steps, answers);
    }

    private IEnumerable<string> Recorded(Conformer<LinuxSocketApi> conformer)
    {
        int found = 0;
        for (ulong seed = 0; found < Scripts; seed++)
        {
            Step[] steps = [.. conformer.ScriptOf(seed)];
            if (AnswersAlways(conformer, steps))
            {
                found++;
                yield return ScriptText.Of(steps);
                yield return Answers(steps);
            }
        }
    }

    private static bool AnswersAlways(Conformer<LinuxSocketApi> conformer, Step[] steps)
    {
        (string[] first, _) = conformer.Play(steps);
        for (int i = 0; i < Tries; i++)
        {
            if (!conformer.Play(steps).Real.SequenceEqual(first))
            {
                return false;
            }
        }

        return true;
    }
}
