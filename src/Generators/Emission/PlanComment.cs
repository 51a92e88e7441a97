using System.Globalization;
using FastNets.Generators.Planning;
using FastNets.Generators.Shapes;

namespace FastNets.Generators.Emission;

/// <summary>Writes the plan in words at the top of the file.</summary>
internal static class PlanComment
{
    public static void Write(CodeWriter code, ShapedNetwork network, NetworkPlan plan)
    {
        code.Comment($"{network.Spec.Name}: {network.Spec.Input.OfBatch} -> {network.Output.OfBatch}");
        Section("forward", plan.Forward);
        Section("loss", plan.Loss);
        Section("backward", plan.Backward);
        Section("folded once before inference", plan.Fold);
        Section("inference", plan.Infer);
        code.Comment("");
        code.Comment("memory: buffers on one line are never alive at the same time and share it");
        foreach (MemoryPool pool in plan.Pools) code.Comment("  " + string.Join(", ", pool.Buffers.Select(b => b.Name)));
        code.Line();

        void Section(string title, IReadOnlyCollection<Operation> operations)
        {
            if (operations.Count == 0) return;
            code.Comment("");
            code.Comment(title);
            int number = 0;
            foreach (Operation operation in operations)
                code.Comment($"{(++number).ToString(CultureInfo.InvariantCulture),4}  {operation.Method}: {(operation.Condition.Length > 0 ? $"if {operation.Condition}: " : "")}{operation.Comment}");
        }
    }
}
