// The build: ./build.sh --target=NAME (build.ps1 on Windows). ./build.sh --target=Help lists the targets and options.
#load "build/parameters.cake"
#load "build/test-results.cake"

string target = Argument("target", "Default");
TestTotals totals = null;

Setup<BuildParameters>(context => new BuildParameters(context));

// With the first task and not sooner: a dry run has no totals, yet a build that fails has them.
TaskSetup(_ =>
{
    if (target.Equals("Test", StringComparison.OrdinalIgnoreCase)) totals ??= new TestTotals();
});

Task("Clean")
    .Description("Deletes what builds and test runs left: bin, obj and artifacts")
    .Does<BuildParameters>(parameters =>
{
    var projects = GetFiles("./{src,tests,perf,samples}/**/*.csproj").Select(project => project.GetDirectory());
    var outputs = projects.SelectMany(project => new[] { project.Combine("bin"), project.Combine("obj") }).Append(parameters.Artifacts);
    DeleteDirectories(outputs.Where(DirectoryExists), new DeleteDirectorySettings { Recursive = true, Force = true });
});

Task("Build")
    .Description("Builds everything in Release; any warning fails")
    .Does<BuildParameters>(parameters =>
        DotNetBuild(parameters.Solution, new DotNetBuildSettings { Configuration = parameters.Configuration, NoLogo = true }));

Task("Run")
    .Description("Runs the fastnets command line: trains a declared network on the built-in series, or does what --arguments says")
    .Does<BuildParameters>(parameters =>
        DotNetRun("src/Cli", parameters.Arguments ?? "train --model head", new DotNetRunSettings { Configuration = parameters.Configuration }));

Task("Test")
    .Description("Builds, then runs all tests, the engine's again on AVX2 and without vectors, and random networks on the emulated GPU; ends with the totals")
    .IsDependentOn("Build")
    .Does<BuildParameters>(parameters =>
{
    CleanDirectory(parameters.TestResults);
    var problems = new List<string>();
    foreach (TestLeg leg in parameters.TestLegs)
    {
        if (leg.Needs is not null && !FileExists(leg.Needs))
        {
            Information("\nTests, leg '{0}': left out, because the build has not made {1}", leg.Name, leg.Needs);
            continue;
        }

        Information("\nTests, leg '{0}'{1}", leg.Name, leg.ExpectedIsa == "" ? "" : $": expecting the instruction set {leg.ExpectedIsa}");
        if (leg.Name == "avx2" && leg.ExpectedIsa == "") Information("This processor has no AVX2 with FMA: the leg runs as the default one does.");
        foreach (FilePath project in GetFiles("./" + leg.Projects))
        {
            FilePath results = MakeAbsolute(parameters.TestResults.Combine(leg.Name).CombineWithFilePath(project.GetFilenameWithoutExtension() + ".trx"));
            int exitCode = RunTests(project, leg, results, parameters);
            string problem = totals.Add(results.FullPath, exitCode);
            if (problem is not null) problems.Add($"{leg.Name}/{project.GetFilenameWithoutExtension()}: {problem}");
        }
    }

    foreach (string problem in problems) Error("{0}", problem);
    if (totals.Failed > 0) throw new CakeException("Tests failed.");
    if (totals.Passed == 0) throw new CakeException("No test ran.");
});

Task("Lint")
    .Description("Builds, then checks that dotnet format would change nothing")
    .IsDependentOn("Build")
    .Does<BuildParameters>(parameters =>
        DotNetFormat(parameters.Solution, new DotNetFormatSettings
        {
            VerifyNoChanges = true,
            NoRestore = true,
            // It loads the projects as the build left them: without the built generator, generated members would be missing.
            EnvironmentVariables = new Dictionary<string, string> { ["Configuration"] = parameters.Configuration },
            HandleExitCode = code => code == 0 ? true : throw new CakeException($"Not formatted; dotnet format {parameters.Solution} does it."),
        }));

Task("Perf")
    .Description("Times the performance cases, a JSON line each")
    .Does<BuildParameters>(parameters =>
{
    var arguments = new ProcessArgumentBuilder();
    foreach (string option in parameters.PerfOptions) arguments.AppendQuoted(option);
    if (parameters.Arguments is not null) arguments.Append(parameters.Arguments);
    DotNetRun("perf/Perf", arguments, new DotNetRunSettings
    {
        Configuration = parameters.Configuration,
        EnvironmentVariables = new Dictionary<string, string> { ["FASTNETS_COMMIT"] = CommitName() },
    });
});

Task("Ptx")
    .Description("Builds the GPU's kernels, native/cuda, to the PTX that is committed; needs clang 19 and no CUDA")
    .Does(() => Shell("native/cuda/build.sh"));

Task("GpuBundle")
    .Description("Packs the command line, the tests on the GPU and the performance cases for a Linux machine that has an NVIDIA driver and cuBLAS but no .NET")
    .Does<BuildParameters>(parameters =>
{
    DirectoryPath bundle = parameters.Artifacts.Combine("gpu-bundle");
    CleanDirectory(bundle);
    // One folder for all three, so that they share the runtime.
    foreach (string project in new[] { "src/Cli", "tests/Engine.Cuda.Tests", "perf/Perf" })
    {
        DotNetPublish(project, new DotNetPublishSettings
        {
            Configuration = parameters.Configuration,
            Runtime = "linux-x64",
            SelfContained = true,
            OutputDirectory = bundle.Combine("app"),
            NoLogo = true,
            MSBuildSettings = new DotNetMSBuildSettings().WithProperty("GpuBundle", "true").WithProperty("DebugType", "none"),
        });
    }

    CopyFile("build/gpu-bundle/run.sh", bundle.CombineWithFilePath("run.sh"));
    FilePath archive = MakeAbsolute(parameters.Artifacts.CombineWithFilePath("fastnets-gpu-bundle.tar.xz"));
    Shell("-c", $"tar -C '{MakeAbsolute(parameters.Artifacts)}' -c gpu-bundle | xz -T0 -6 > '{archive}'");
    Information("{0}: {1:0.0} MB", archive, new System.IO.FileInfo(archive.FullPath).Length / 1e6);
});

Task("Help")
    .Description("Lists the targets and the options")
    .Does(() =>
{
    Information("./build.sh --target=NAME [OPTIONS]\n\nTargets:");
    foreach (var task in Tasks) Information("  {0,-10}{1}", task.Name, task.Description);
    Information("\nOptions:");
    foreach (BuildOption option in BuildParameters.Options)
        Information("  --{0,-22}{1} ({2})", $"{option.Name}={option.Value}", option.Description, string.Join(", ", option.Targets));
    Information("\nCake's own options work too: --tree, --dryrun, --exclusive, --verbosity=quiet|minimal|normal|verbose|diagnostic");
});

Task("Default")
    .Description("Build")
    .IsDependentOn("Build");

int RunTests(FilePath project, TestLeg leg, FilePath results, BuildParameters parameters)
{
    int exitCode = 0;
    var settings = new DotNetTestSettings
    {
        Configuration = parameters.Configuration,
        NoBuild = true,
        NoLogo = true,
        Filter = leg.Filter,
        ResultsDirectory = results.GetDirectory(),
        Loggers = { $"trx;LogFileName={results.GetFilename()}" },
        // A test that hangs is named and ends its run.
        ArgumentCustomization = arguments => arguments.Append("--blame-hang --blame-hang-timeout 10m --blame-hang-dump-type none"),
        EnvironmentVariables = new Dictionary<string, string>(leg.Switches) { ["FASTNETS_EXPECT_ISA"] = leg.ExpectedIsa },
        HandleExitCode = code =>
        {
            exitCode = code;
            return true;
        },
    };
    DotNetTest(project.FullPath, settings);
    return exitCode;
}

void Shell(params string[] arguments)
{
    var settings = new ProcessSettings { Arguments = new ProcessArgumentBuilder() };
    foreach (string argument in arguments) settings.Arguments.AppendQuoted(argument);
    int code = StartProcess("bash", settings);
    if (code != 0) throw new CakeException($"bash {string.Join(" ", arguments)} ended with exit code {code}.");
}

string CommitName()
{
    try
    {
        var settings = new ProcessSettings { Arguments = "describe --always --dirty --abbrev=40 --exclude=*", RedirectStandardOutput = true, RedirectStandardError = true };
        return StartProcess("git", settings, out IEnumerable<string> output) == 0 ? output.FirstOrDefault() ?? "" : "";
    }
    catch (Exception e) when (e is CakeException or System.ComponentModel.Win32Exception)
    {
        return ""; // no git here
    }
}

int exit = 0;
try
{
    BuildParameters.Check(target, Tasks.Select(task => task.Name), Context.Arguments.GetArguments().Keys);
    RunTarget(target);
}
catch (Exception e)
{
    // Cake would print this after the totals; the totals are the last line.
    Error("Error: {0}", e.Message);
    exit = 1;
}

if (totals is not null)
{
    EnsureDirectoryExists("./artifacts/test-results");
    System.IO.File.WriteAllText("./artifacts/test-results/totals.txt", $"{totals}\n");
    Console.WriteLine(totals);
}

if (exit != 0) Environment.Exit(exit);
