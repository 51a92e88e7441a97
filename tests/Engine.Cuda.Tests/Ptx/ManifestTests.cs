using System.Diagnostics;
using System.Security.Cryptography;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Cuda.Tests.Ptx;

/// <summary>The committed PTX is that of the sources.</summary>
public sealed class ManifestTests
{
    [Test]
    public void No_ptx_is_stale()
    {
        string folder = Sources();
        var stated = new Dictionary<string, string>();
        foreach (string line in File.ReadLines(Path.Combine(folder, "ptx", "manifest.txt")).Where(l => !l.StartsWith('#')))
            stated.Add(line[66..], line[..64]);
        string[] files =
        [
            .. Directory.GetFiles(Path.Combine(folder, "common"), "*.cuh").Select(f => "common/" + Path.GetFileName(f)),
            .. Directory.GetFiles(folder, "*.cu").Select(f => Path.GetFileName(f)),
            .. Directory.GetFiles(Path.Combine(folder, "ptx"), "*.ptx").Select(f => Path.GetFileName(f)),
        ];
        stated.Keys.Order().ShouldBe(files.Order(), "The manifest does not name the files that are there; build.sh --target=Ptx writes it anew.");
        foreach (string file in files)
        {
            string path = file.EndsWith(".ptx", StringComparison.Ordinal) ? Path.Combine(folder, "ptx", file) : Path.Combine(folder, file);
            Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))).ShouldBe(stated[file], $"{file} has changed since the PTX was built; build.sh --target=Ptx builds it.");
        }
    }

    [Test]
    public void Building_gives_the_committed_bytes()
    {
        string folder = Sources();
        string made = Directory.CreateTempSubdirectory("fastnets-ptx").FullName;
        try
        {
            (int code, string error) = Run("bash", Path.Combine(folder, "build.sh"), made);
            if (code != 0 && error.Contains("There is no clang++-19", StringComparison.Ordinal)) Assert.Ignore("There is no clang++-19 to build the kernels with.");
            code.ShouldBe(0, error);
            foreach (string file in Directory.GetFiles(made))
                File.ReadAllBytes(file).ShouldBe(File.ReadAllBytes(Path.Combine(folder, "ptx", Path.GetFileName(file))), Path.GetFileName(file));
        }
        finally
        {
            Directory.Delete(made, recursive: true);
        }
    }

    private static string Sources()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string folder = Path.Combine(at.FullName, "native", "cuda");
            if (File.Exists(Path.Combine(folder, "build.sh"))) return folder;
        }

        Assert.Ignore("The kernels' sources are not here.");
        return "";
    }

    private static (int Code, string Error) Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.OutputDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            string error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, error);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Ignore($"There is no {program}.");
            throw;
        }
    }
}
