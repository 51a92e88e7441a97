using System.Runtime.Intrinsics.X86;

/// <summary>What the command line and the machine decide, read once before the first task.</summary>
public sealed class BuildParameters
{
    /// <summary>The options of this script, each with the targets that take it and what it does.</summary>
    public static readonly BuildOption[] Options =
    [
        new("arguments", ["Run", "Perf"], "\"...\"", "the program's command line (Run, where it is otherwise: train --model head) or more of it (Perf)"),
        new("cases", ["Perf"], "SUBSTRING", "only the cases whose names contain this"),
        new("threads", ["Perf"], "N", "how many threads the kernels use; 1 without it"),
        new("device", ["Perf"], "DEVICE", "where networks and transforms run: cpu, cuda, cuda:1; cpu without it"),
        new("json", ["Perf"], "FILE", "writes the figures and the machine's facts there too (relative to the repository)"),
    ];

    public string Configuration { get; } = "Release";

    public string Solution { get; } = "FastNets.sln";

    public DirectoryPath Artifacts { get; } = "./artifacts";

    public DirectoryPath TestResults { get; } = "./artifacts/test-results";

    /// <summary>What --arguments says, or null.</summary>
    public string Arguments { get; }

    /// <summary>The options that the measuring program takes itself, as given.</summary>
    public string[] PerfOptions { get; }

    /// <summary>The runs of the tests: everything once, then the engine's again on narrower instruction sets, and the generator's random networks on the emulated GPU.</summary>
    public TestLeg[] TestLegs { get; }

    public BuildParameters(ICakeContext context)
    {
        Arguments = context.Arguments.GetArgument("arguments");
        PerfOptions = [.. new[] { "cases", "threads", "device", "json" }
            .Where(context.Arguments.HasArgument)
            .Select(name => $"--{name}={context.Arguments.GetArgument(name)}")];

        // The switches have an effect on x86 only; where a processor lacks AVX2, no leg can promise it.
        string emulator = context.MakeAbsolute(context.Directory($"./tests/Engine.Cuda.Tests/bin/{Configuration}/net10.0/emulator")).FullPath;
        string driver = $"{emulator}/libcuda.so.1";
        string avx2 = Avx2.IsSupported && Fma.IsSupported ? "avx2" : "";
        TestLegs =
        [
            new("default", "tests/*.Tests/*.csproj", ExpectedIsa: "", Filter: "", new()),
            new("avx2", "tests/Engine.Tests/*.csproj", ExpectedIsa: avx2, Filter: "",
                new() { ["FASTNETS_ISA"] = "", ["DOTNET_EnableAVX512"] = "0" }),
            new("scalar", "tests/Engine.Tests/*.csproj", ExpectedIsa: "vector128", Filter: "TestCategory!=Slow",
                new() { ["FASTNETS_ISA"] = "", ["DOTNET_EnableAVX512"] = "0", ["DOTNET_EnableAVX2"] = "0" }),
            new("cuda", "tests/Generators.Tests/*.csproj", ExpectedIsa: "", Filter: "FullyQualifiedName~Generators.Tests.Running",
                new() { ["FASTNETS_DEVICE"] = "cuda", ["FASTNETS_CUDA_DRIVER"] = driver, ["FASTNETS_CUBLAS"] = $"{emulator}/libcublas.so.12" }, Needs: driver),
        ];
    }

    /// <summary>Refuses what no target would look at: Cake itself takes any option without a word.</summary>
    public static void Check(string target, IEnumerable<string> targets, IEnumerable<string> given)
    {
        if (!targets.Contains(target, StringComparer.OrdinalIgnoreCase))
            throw new CakeException($"There is no target '{target}'; the targets are {string.Join(", ", targets)}.");

        foreach (string name in given.Except(["target"], StringComparer.OrdinalIgnoreCase))
        {
            if (name.StartsWith("Settings_", StringComparison.OrdinalIgnoreCase)) continue; // how Cake hands on some options of its own
            BuildOption option = Options.FirstOrDefault(option => option.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                ?? throw new CakeException($"There is no option --{name}; the options are --target, {string.Join(", ", Options.Select(option => "--" + option.Name))}.");
            if (!option.Targets.Contains(target, StringComparer.OrdinalIgnoreCase))
                throw new CakeException($"--{option.Name} is an option of {string.Join(" and ", option.Targets)}, not of {target}.");
        }
    }
}

/// <summary>An option of the command line.</summary>
public sealed record BuildOption(string Name, string[] Targets, string Value, string Description);

/// <summary>One run of test projects in one environment.</summary>
/// <param name="Name">The name of its folder of results.</param>
/// <param name="Projects">Which projects, as a glob.</param>
/// <param name="ExpectedIsa">What the engine must choose there (IsaLegTests looks), or nothing.</param>
/// <param name="Filter">Which tests, in the syntax of <c>dotnet test --filter</c>; nothing for all.</param>
/// <param name="Switches">Environment variables: the runtime's switches, and no form forced by the developer.</param>
/// <param name="Needs">A file that the build makes where it can; without it the leg is left out.</param>
public sealed record TestLeg(string Name, string Projects, string ExpectedIsa, string Filter, Dictionary<string, string> Switches, string Needs = null);
