using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using FastNets.Cuda.Kernels;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Cuda.Tests.Ptx;

/// <summary>What the engine says of its kernels against the PTX that it carries.</summary>
public sealed partial class KernelTableTests
{
    // Declared by static fields, one by one or in tables.
    private static IEnumerable<CudaKernel> Kernels
    {
        get
        {
            foreach (Type type in typeof(CudaKernel).Assembly.GetTypes().Where(t => t.Namespace == typeof(CudaKernel).Namespace && !t.ContainsGenericParameters))
                RuntimeHelpers.RunClassConstructor(type.TypeHandle);
            return CudaKernel.All;
        }
    }

    [Test]
    public void There_are_kernels() => Kernels.Count().ShouldBeGreaterThan(10);

    [TestCaseSource(nameof(Kernels))]
    public void A_kernels_arguments_have_the_size_that_its_ptx_says(object kernel)
    {
        var declared = (CudaKernel)kernel;
        Match entry = Regex.Match(Text(declared.Module), $@"\.entry {declared.Name}\(\s*\.param \.align (\d+) \.b8 {declared.Name}_param_0\[(\d+)\]\s*\)");
        entry.Success.ShouldBeTrue($"{declared} is not in the PTX, or takes something else than one struct.");
        declared.ArgumentBytes.ShouldBe(int.Parse(entry.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Test]
    public void Every_kernel_of_the_ptx_is_declared()
    {
        string[] modules = [.. typeof(CudaKernel).Assembly.GetManifestResourceNames().Where(n => n.EndsWith(".ptx", StringComparison.Ordinal))];
        modules.ShouldNotBeEmpty();
        IEnumerable<string> entries = modules.SelectMany(m => Entries().Matches(Read(m)).Select(match => match.Groups[1].Value));
        entries.Order().ShouldBe(Kernels.Select(k => k.Name).Order());
    }

    [Test]
    public void The_ptx_is_for_compute_capability_8_0_and_cuda_11_0()
    {
        foreach (string module in Kernels.Select(k => k.Module).Distinct())
        {
            Text(module).ShouldContain(".version 7.0");
            Text(module).ShouldContain(".target sm_80");
        }
    }

    // An array in local memory lies in device memory: no kernel is meant to have one.
    [Test]
    public void No_kernel_uses_local_memory()
    {
        foreach (string module in Kernels.Select(k => k.Module).Distinct()) Text(module).ShouldNotContain(".local ", Case.Sensitive, module);
    }

    private static string Text(string module) => Read($"FastNets.Cuda.Ptx.{module}.ptx");

    private static string Read(string resource)
    {
        using Stream? stream = typeof(CudaKernel).Assembly.GetManifestResourceStream(resource);
        stream.ShouldNotBeNull(resource);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"\.entry (\w+)\(")]
    private static partial Regex Entries();
}
