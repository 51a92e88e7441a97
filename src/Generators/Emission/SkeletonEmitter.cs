using FastNets.Generators.Helpers;
using FastNets.Generators.Model;

namespace FastNets.Generators.Emission;

/// <summary>Writes what keeps the compiler from adding errors of its own to a declaration that is wrong: a body for each partial property.</summary>
internal static class SkeletonEmitter
{
    public static string Emit(NetworkSpec spec)
    {
        var code = new CodeWriter();
        FileHeader.Write(code);
        code.Comment("The declaration has errors, see the FNxxxx diagnostics; this is here so that they are the only ones.");
        CodeWriter.Scope? scope = spec.Namespace.Length > 0 ? code.Block($"namespace {spec.Namespace}") : null;
        using (code.Block($"partial class {spec.Name}"))
        {
            foreach (string property in spec.Skeleton)
                code.Line($"{property} => throw new global::System.InvalidOperationException({Literals.Of($"The network {spec.Name} was not generated: its declaration has errors.")});");
        }

        scope?.Dispose();
        return code.ToString();
    }
}
