using System.Reflection;
using System.Runtime.InteropServices;
using FastNets.Cuda.Driver;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Cuda;

public sealed class CudaSymbolsTests
{
    // A function that is called and not looked up would be missed in the middle of a run.
    [Test]
    public void All_functions_that_are_called_are_looked_up_when_a_library_is_loaded()
    {
        if (typeof(CudaDriver).Assembly.GetReferencedAssemblies().Any(assembly => assembly.Name!.StartsWith("ManagedCuda", StringComparison.Ordinal))) Assert.Ignore("The functions are declared by the package.");
        Imports(typeof(CudaDriver)).ShouldBe([.. CudaSymbols.Driver, .. CudaSymbols.ElapsedTime], ignoreOrder: true);
        Imports(typeof(CublasDriver)).ShouldBe(CudaSymbols.Cublas, ignoreOrder: true);
    }

    private static string[] Imports(Type type) =>
    [
        .. type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Select(method => method.GetCustomAttribute<LibraryImportAttribute>()?.EntryPoint)
            .OfType<string>(),
    ];
}
