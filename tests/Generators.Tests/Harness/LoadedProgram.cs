using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Emit;
using Shouldly;

namespace FastNets.Generators.Tests.Harness;

/// <summary>A compiled program, loaded so that it can be unloaded again.</summary>
internal sealed class LoadedProgram : IDisposable
{
    private readonly AssemblyLoadContext _context = new("generated", isCollectible: true);
    private readonly Assembly _assembly;

    public LoadedProgram(GeneratorRun run)
    {
        using var image = new MemoryStream();
        EmitResult result = run.Compilation.Emit(image);
        result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).ShouldBeEmpty();
        image.Position = 0;
        _assembly = _context.LoadFromStream(image);
    }

    /// <summary>Builds a network; sizes first, then seed and the largest batch.</summary>
    public Network New(string type, params object[] arguments)
        => (Network)Activator.CreateInstance(_assembly.GetType(type, throwOnError: true)!, arguments)!;

    public void Dispose() => _context.Unload();
}
