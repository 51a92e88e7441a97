using System.Diagnostics;
using FastNets.Cli.Tests.Support;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Cli.Tests;

/// <summary>The program as a process of its own.</summary>
public class ProcessTests
{
    private const int Interrupted = 130;

    private Workspace _space = null!;

    [OneTimeSetUp]
    public void SetUp() => _space = new Workspace();

    [OneTimeTearDown]
    public void TearDown() => _space.Remove();

    [Test]
    public void The_exit_code_and_the_message_reach_the_shell()
    {
        using Process process = Fastnets.StartProcess("train", _space.Path("missing.ts"));
        string output = process.StandardOutput.ReadToEnd();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        new CliResult(process.ExitCode, output, error).ShouldBeRefused(Fastnets.BadInput, "missing.ts");
    }

    [Test]
    public void A_line_is_answered_before_the_next_one_is_sent()
    {
        string model = _space.TrainModel();
        using Process process = Fastnets.StartProcess("predict", model, "-", "--quiet");
        process.StandardOutput.ReadLine().ShouldStartWith("series,predicted");
        for (int i = 0; i < 3; i++)
        {
            process.StandardInput.WriteLine(string.Join(' ', Enumerable.Range(0, Workspace.Length).Select(t => t % (5 + i))));
            process.StandardInput.Flush();
            process.StandardOutput.ReadLine().ShouldStartWith($"{i},");
        }

        process.StandardInput.Close();
        process.StandardOutput.ReadToEnd().ShouldBeEmpty();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0);
    }

    [Test]
    [Platform(Exclude = "Win")]
    public void An_interrupt_leaves_the_output_as_it_was()
    {
        string model = _space.TrainModel();
        string output = _space.Write("kept.csv", "kept");
        using Process process = Fastnets.StartProcess("predict", model, "-", "--out", output);

        // The temporary file says that the program is at work.
        while (!_space.Files().Any(f => f.EndsWith(".tmp", StringComparison.Ordinal)) && !process.HasExited) Thread.Sleep(20);
        using (Process kill = Process.Start("kill", ["-INT", $"{process.Id}"])) kill.WaitForExit();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(Interrupted, error);
        error.ShouldContain("stopped");
        error.ShouldNotContain("   at ");
        File.ReadAllText(output).ShouldBe("kept");
        _space.Files().ShouldNotContain(f => f.EndsWith(".tmp", StringComparison.Ordinal));
    }
}
