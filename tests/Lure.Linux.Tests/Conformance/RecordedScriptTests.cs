using System;
using System.Collections.Generic;
using System.IO;
using Lure.Linux.Conformance;
using Lure.Sim.Conformance;
using Lure.Tests;
using NUnit.Framework;

namespace Lure.Linux.Tests.Conformance;

/// <summary>
/// Random scripts with the answers of a real kernel, a line each, for the tests of the fake alone. LURE_UPDATE=1
/// records them anew on this machine: those to which the kernel gives one answer each time, and the fake the same.
/// </summary>
internal sealed class RecordedScriptTests
{
    private const int Scripts = 400;

    /// <summary>A machine under load may let a timer of the kernel fall between two steps; not each time.</summary>
    private const int Tries = 10;

    private static string Record => Checkout.PathOf("tests", "Lure.Sim.Tests", "Recorded", "random.txt");

    [Test]
    public void This_kernel_answers_as_recorded()
    {
        using DescriptorHoles holes = new();
        Conformer<LinuxSocketApi> conformer = new(new LinuxSocketApi(new FreshAddresses()));
        if (Environment.GetEnvironmentVariable("LURE_UPDATE") == "1")
        {
            File.WriteAllLines(Record, Recorded(conformer));
        }

        string[] lines = File.ReadAllLines(Record);
        Assert.That(lines, Has.Length.EqualTo(2 * Scripts));
        for (int i = 0; i < lines.Length; i += 2)
        {
            Step[] steps = ScriptText.Parse(lines[i]);
            string real = "";
            for (int j = 0; j < Tries && real != lines[i + 1]; j++)
            {
                real = string.Join("; ", conformer.Play(steps).Real);
            }

            Assert.That(real, Is.EqualTo(lines[i + 1]), lines[i]);
        }
    }

    private static IEnumerable<string> Recorded(Conformer<LinuxSocketApi> conformer)
    {
        int found = 0;
        for (ulong seed = 0; found < Scripts; seed++)
        {
            Step[] steps = [.. conformer.ScriptOf(seed)];
            if (AnswersAlways(conformer, steps) is { } answers)
            {
                found++;
                yield return ScriptText.Of(steps);
                yield return answers;
            }
        }
    }

    private static string? AnswersAlways(Conformer<LinuxSocketApi> conformer, Step[] steps)
    {
        string? answers = null;
        for (int i = 0; i < Tries; i++)
        {
            (string[] fake, string[] real) = conformer.Play(steps);
            answers ??= string.Join("; ", fake);
            if (answers != string.Join("; ", real))
            {
                return null;
            }
        }

        return answers;
    }
}
