using FastNets.Generators.Helpers;
using FastNets.Generators.Model;
using FastNets.Generators.Shapes;

namespace FastNets.Generators.Emission;

/// <summary>
/// Writes what keeps the compiler from adding errors of its own to a declaration that is wrong: a body for each partial property
/// and, where the class can be a network, all that the rest of the program calls.
/// </summary>
internal static class SkeletonEmitter
{
    public static string Emit(NetworkSpec spec)
    {
        var code = new CodeWriter();
        FileHeader.Write(code);
        code.Comment("The declaration has errors, see the FNxxxx diagnostics; this is here so that they are the only ones.");
        var scopes = new Stack<CodeWriter.Scope>();
        if (spec.Namespace.Length > 0) scopes.Push(code.Block($"namespace {spec.Namespace}"));
        string[] types = [.. spec.Skeleton.Types];
        for (int i = 0; i < types.Length; i++)
            scopes.Push(code.Block(i == types.Length - 1 && spec.Skeleton.IsNetwork ? $"{types[i]} : {Names.Root}.Network" : types[i]));

        string fail = $"throw new global::System.InvalidOperationException({Literals.Of($"The network {spec.Name} was not generated: its declaration has errors.")});";
        foreach (SkeletonProperty property in spec.Skeleton.Properties)
        {
            using (code.Block(property.Declaration))
            {
                foreach (string accessor in property.Accessors) code.Line($"{accessor} => {fail}");
            }
        }

        if (spec.Skeleton.IsNetwork) WriteNetwork(code, spec, fail);
        while (scopes.Count > 0) scopes.Pop().Dispose();
        return code.ToString();
    }

    private static void WriteNetwork(CodeWriter code, NetworkSpec spec, string fail)
    {
        IEnumerable<string> names = ShapeResolver.Names(spec.Input, spec.Layers).Where(n => n is not ("seed" or "maxBatch"));
        const string Inherit = "/// <inheritdoc/>";
        code.Line(Inherit);
        code.Line($"public {Identifiers.Of(spec.Name)}({string.Concat(names.Select(n => $"int {n}, "))}ulong seed = 0, int maxBatch = 64)");
        code.Continued($": base(new {Names.Root}.NetworkDescription({Literals.Of(spec.Name)}, {Names.Root}.SampleShape.Vector(1), {Names.Root}.SampleShape.Vector(1), {Names.Root}.Loss.{spec.Loss.Kind}), seed, maxBatch) => {fail}");
        code.Line(Inherit);
        code.Line($"protected override {Names.Slot} OutputSlot => {fail}");
        foreach (string signature in NetworkMembers.Abstract)
        {
            code.Line(Inherit);
            code.Line($"protected override void {signature} => {fail}");
        }
    }
}
