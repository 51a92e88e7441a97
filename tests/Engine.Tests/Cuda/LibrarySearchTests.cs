using FastNets.Cuda.Driver;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Cuda;

public sealed class LibrarySearchTests
{
    private const string Variable = "SOME_VARIABLE";

    [TestCase(11, "11 12 13")]
    [TestCase(12, "12 11 13")]
    [TestCase(13, "13 12 11")]
    [TestCase(14, "13 12 11")]
    public void The_newest_cuBLAS_that_the_driver_supports_comes_first(int driver, string majors)
    {
        string[] names = [.. majors.Split(' ').Select(major => $"libcublas.so.{major}"), "libcublas.so"];
        LibrarySearch.CublasNames(driver, isWindows: false, []).ShouldBe(names);
        LibrarySearch.CublasNames(driver, isWindows: true, []).ShouldBe(majors.Split(' ').Select(major => $"cublas64_{major}.dll"));
    }

    [Test]
    public void Folders_of_toolkits_come_after_the_systems_own_each_once()
    {
        List<string> names = LibrarySearch.CublasNames(12, isWindows: false, ["/opt/cuda/", null, "", "/usr/local/cuda", "/opt/cuda"]);
        names.Count.ShouldBe(4 * 3);
        names[3..6].ShouldBe(["libcublas.so", "/opt/cuda/lib64/libcublas.so.12", "/opt/cuda/lib64/libcublas.so.11"]);
        names[8].ShouldBe("/usr/local/cuda/lib64/libcublas.so.12");
        LibrarySearch.CublasNames(12, isWindows: true, [@"C:\CUDA"])[3..5].ShouldBe([@"C:\CUDA\bin\x64\cublas64_12.dll", @"C:\CUDA\bin\x64\cublas64_11.dll"]);
    }

    [TestCase("/opt/cuda/lib64/libcublas.so.12", "/opt/cuda/lib64/libcublasLt.so.12")]
    [TestCase("/opt/cublas/libcublas.so.12.4.5.8", "/opt/cublas/libcublasLt.so.12.4.5.8")]
    [TestCase(@"C:\CUDA\bin\cublas64_12.dll", @"C:\CUDA\bin\cublasLt64_12.dll")]
    [TestCase("libcublas.so.12", null)]
    [TestCase("/opt/cublas/other.so", null)]
    public void The_other_half_of_cuBLAS_is_beside_it(string path, string? half) => LibrarySearch.CublasLtOf(path).ShouldBe(half);

    [Test]
    public void A_named_file_that_is_not_there_is_told_and_nothing_else_is_taken()
    {
        string path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"), "libcuda.so.1");
        LoadedLibrary library = LibrarySearch.Load(Variable, path, ["libc.so.6", "kernel32.dll"]);
        library.Handle.ShouldBe(0);
        library.IsThere.ShouldBeFalse();
        library.Problem.ShouldBe($"{Variable} names '{path}', but there is no such file: correct the variable, or remove it.");
        LibrarySearch.Load(Variable, Path.GetTempPath(), []).Problem.ShouldContain("is a folder");
    }

    [Test]
    public void A_named_file_that_is_no_library_is_told()
    {
        string path = Path.GetTempFileName();
        try
        {
            LoadedLibrary library = LibrarySearch.Load(Variable, path, []);
            library.Handle.ShouldBe(0);
            library.IsThere.ShouldBeTrue();
            library.Problem.ShouldStartWith($"{Variable} names '{path}', which can't be loaded: ");

            // The same among the places where it is looked for.
            library = LibrarySearch.Load(Variable, null, [path]);
            library.IsThere.ShouldBeTrue();
            library.Problem.ShouldStartWith($"'{path}' is there, but: ");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void What_is_nowhere_is_told_by_all_its_names()
    {
        LoadedLibrary library = LibrarySearch.Load(Variable, " ", ["libfastnets-a.so", "/nowhere/libfastnets-b.so"]);
        (library.Handle, library.IsThere).ShouldBe((0, false));
        library.Problem.ShouldContain("libfastnets-a.so, /nowhere/libfastnets-b.so");
        LibrarySearch.Load(Variable, null, []).Problem.ShouldContain("Linux and Windows only");
    }

    [Test]
    public void The_first_that_loads_is_taken()
    {
        string present = OperatingSystem.IsWindows() ? "kernel32.dll" : OperatingSystem.IsMacOS() ? "/usr/lib/libSystem.dylib" : "libc.so.6";
        LoadedLibrary library = LibrarySearch.Load(Variable, null, ["libfastnets-a.so", present, "libfastnets-b.so"]);
        library.Handle.ShouldNotBe(0);
        library.Name.ShouldBe(present);
    }
}
