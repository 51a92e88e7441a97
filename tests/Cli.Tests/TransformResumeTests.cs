using System.Diagnostics;
using System.Text;
using FastNets.Cli.Tests.Support;
using FastNets.Serialization;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Cli.Tests;

/// <summary><c>fastnets transform</c>, stopped and gone on with.</summary>
public class TransformResumeTests
{
    private const int Interrupted = 130;
    private const int Series = 60_000;

    private Workspace _space = null!;
    private string _data = null!;
    private string _output = null!;

    [OneTimeSetUp]
    public void SetUp() => _space = new Workspace();

    [OneTimeTearDown]
    public void TearDown() => _space.Remove();

    [SetUp]
    public void Prepare()
    {
        _data = _space.Path("large.csv");
        _output = _space.Path("large.npy");
        foreach (string file in Directory.GetFiles(Path.GetDirectoryName(_output)!, "large.*")) File.Delete(file);
    }

    [Test]
    public void Without_a_partial_file_it_begins_at_the_first_series_and_says_so()
    {
        CliResult result = Transform(_space.Test, "--resume").ShouldBeDone();
        result.Error.ShouldContain("there is no ");
        result.Error.ShouldContain("large.npy.partial");
        result.Error.ShouldContain("starting with the first one");
        result.Out.ShouldContain($"{3 * Workspace.PerClass} of length {Workspace.Length}");
        byte[] resumed = File.ReadAllBytes(_output);
        Transform(_space.Test).ShouldBeDone().Error.ShouldNotContain("partial");
        File.ReadAllBytes(_output).ShouldBe(resumed);
        _space.Files().ShouldNotContain(f => f.Contains("partial", StringComparison.Ordinal));
    }

    [Test]
    public void A_mistake_on_the_way_keeps_what_is_done_and_says_how_to_go_on()
    {
        // Beyond the first chunk, which holds some ten thousand series of few features.
        WriteSeries(Series, wrong: 55_555);
        CliResult result = Transform(_data);
        result.ShouldBeRefused(Fastnets.BadInput, "large.csv(55556)", "'x'", "large.npy.partial", "--resume");
        File.Exists(_output).ShouldBeFalse();

        WriteSeries(Series);
        Transform(_data, "--resume").ShouldBeDone().Error.ShouldContain("were done before; going on with series");
        byte[] resumed = File.ReadAllBytes(_output);
        Transform(_data).ShouldBeDone();
        File.ReadAllBytes(_output).ShouldBe(resumed);
    }

    [Test]
    public void A_partial_file_that_does_not_fit_is_refused()
    {
        WriteSeries(Series, wrong: 55_555);
        Transform(_data).Code.ShouldBe(Fastnets.BadInput);
        WriteSeries(Series);
        Transform(_data, "--resume", "--seed", "9").ShouldBeRefused(Fastnets.BadInput, "large.npy.partial", "another transform", "without --resume");
        Transform(_space.Test, "--resume").ShouldBeRefused(Fastnets.BadInput, "large.npy.partial", "go on with the same data");
        File.WriteAllText(_space.Path("large.npy.partial.json"), "{");
        Transform(_data, "--resume").ShouldBeRefused(Fastnets.BadInput, "large.npy.partial.json");
    }

    [Test]
    public void The_partial_file_is_no_input_and_a_device_has_none()
    {
        string partial = _space.Write("large.npy.partial", "1,2,3\n");
        Fastnets.Run("transform", partial, "--fit", _space.Train, "--out", _output).ShouldBeRefused(Fastnets.Usage, "large.npy.partial", "an input");
        string state = _space.Write("large.npy.partial.json", "1,2,3\n");
        Fastnets.Run("transform", state, "--fit", _space.Train, "--out", _output).ShouldBeRefused(Fastnets.Usage, "large.npy.partial.json", "an input");
        Fastnets.Run("transform", _space.Test, "--fit", _space.Train, "--out", _output, "--save-parameters", state).ShouldBeRefused(Fastnets.Usage, "large.npy.partial.json");
        if (OperatingSystem.IsWindows()) return;
        Fastnets.Run("transform", _space.Test, "--fit", _space.Train, "--out", "/dev/shm/fastnets-none/x.npy").ShouldBeRefused(Fastnets.Usage, "/dev/shm/fastnets-none does not exist");
        Fastnets.Run("transform", _space.Test, "--fit", _space.Train, "--out", "/dev/null", "--resume").ShouldBeRefused(Fastnets.Usage, "--resume", "/dev/null");
        Fastnets.Run("transform", _space.Test, "--fit", _space.Train, "--out", "/dev/null", "--features", "84").ShouldBeDone();
    }

    [Test]
    [Platform(Exclude = "Win")]
    public void Parameters_that_need_the_series_twice_do_not_go_with_a_pipe()
    {
        string parameters = _space.Path("foreign.safetensors");
        var writer = new SafetensorsWriter();
        writer.Add("biases", (ReadOnlySpan<float>)[1]);
        AtomicFile.Write(parameters, writer.WriteTo);
        string pipe = _space.Path("large.foreign");
        RunTool("mkfifo", pipe);

        // Opened for both, so that neither side waits for the other.
        using FileStream other = new(pipe, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        Fastnets.Run("transform", pipe, "--parameters", parameters, "--out", _output).ShouldBeRefused(Fastnets.Usage, "large.foreign can be read only once", "foreign.safetensors");
    }

    [TestCase("-INT")]
    [TestCase("-KILL")]
    [Platform(Exclude = "Win")]
    public void A_process_that_is_ended_keeps_what_is_done(string signal)
    {
        Transform(WriteSeries(Series)).ShouldBeDone();
        byte[] whole = File.ReadAllBytes(_output);
        File.Delete(_output);

        // A pipe that gives more than the first chunk and then nothing holds the program where it can be ended.
        string pipe = _space.Path("large.pipe");
        RunTool("mkfifo", pipe);
        using Process process = Fastnets.StartProcess("transform", pipe, "--fit", _space.Train, "--features", "84", "--out", _output);
        using (FileStream writer = new(pipe, FileMode.Open, FileAccess.Write))
        {
            foreach (string line in File.ReadLines(_data).Take(Series * 9 / 10)) writer.Write(Encoding.ASCII.GetBytes(line + "\n"));
            writer.Flush();
            while (!process.HasExited && !Done()) Thread.Sleep(5);
            RunTool("kill", signal, $"{process.Id}");
            Thread.Sleep(300);
        }

        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (signal == "-INT")
        {
            process.ExitCode.ShouldBe(Interrupted, error);
            error.ShouldContain("stopped; the features of ");
            error.ShouldContain("large.npy.partial; the same command with --resume goes on.");
            error.ShouldNotContain("no file was changed");
        }

        File.Exists(_output).ShouldBeFalse();
        CliResult resumed = Transform(_data, "--resume").ShouldBeDone();
        if (signal == "-INT") resumed.Error.ShouldContain("series were done before");
        File.ReadAllBytes(_output).ShouldBe(whole);
        _space.Files().ShouldNotContain(f => f.Contains("partial", StringComparison.Ordinal));

        // The header alone is 128 bytes long.
        bool Done() => new FileInfo(_output + ".partial") is { Exists: true, Length: > 128 };
    }

    private CliResult Transform(string data, params string[] more)
        => Fastnets.Run(["transform", data, "--fit", _space.Train, "--features", "84", "--out", _output, .. more]);

    private static void RunTool(string name, params string[] args)
    {
        using Process tool = Process.Start(name, args);
        tool.WaitForExit();
        tool.ExitCode.ShouldBe(0);
    }

    private string WriteSeries(int count, int wrong = -1)
    {
        using var text = new StreamWriter(_data);
        for (int i = 0; i < count; i++)
        {
            text.Write(i % 2);
            for (int t = 0; t < Workspace.Length; t++) text.Write(i == wrong && t == 3 ? ",x" : $",{((i * 7) + (t * t)) % 31}");
            text.Write('\n');
        }

        return _data;
    }
}
