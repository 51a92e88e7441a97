using FastNets.Generators.Helpers;

namespace FastNets.Generators.Planning;

/// <summary>Lets buffers that never live at the same time share memory.</summary>
/// <remarks>
/// A buffer lives from its first write to its last read. Buffers are placed in the order of their first write, each into the
/// pool that is free then and fits best: one of the same length if there is one, else the one whose length is closest, else any;
/// a shared pool is as long as its longest buffer and so never longer than the two apart.
/// </remarks>
internal static class MemoryPlanner
{
    public static List<MemoryPool> Share(IEnumerable<PlannedBuffer> buffers, List<Operation> timeline, string[] alwaysAlive)
    {
        var pools = new List<(List<PlannedBuffer> Members, int FreeFrom)>();
        foreach ((PlannedBuffer buffer, int from, int to) in Lifetimes(buffers, timeline, alwaysAlive).OrderBy(l => l.From))
        {
            int best = -1;
            for (int i = 0; i < pools.Count; i++)
            {
                if (pools[i].FreeFrom >= from || pools[i].Members[0].PerSample != buffer.PerSample) continue;
                if (best < 0 || Mismatch(pools[i].Members, buffer) < Mismatch(pools[best].Members, buffer)) best = i;
            }

            if (best < 0)
            {
                pools.Add(([buffer], to));
            }
            else
            {
                pools[best].Members.Add(buffer);
                pools[best] = (pools[best].Members, to);
            }
        }

        return pools.Select(p => new MemoryPool(p.Members.ToEquatableArray())).ToList();
    }

    private static IEnumerable<(PlannedBuffer Buffer, int From, int To)> Lifetimes(IEnumerable<PlannedBuffer> buffers, List<Operation> timeline, string[] alwaysAlive)
    {
        var first = new Dictionary<string, int>();
        var last = new Dictionary<string, int>();
        for (int i = 0; i < timeline.Count; i++)
        {
            foreach (Operand operand in timeline[i].Operands)
            {
                // The loss stands twice on the timeline; its gradient is written in the first only.
                bool isGradient = operand.Kind == OperandKind.WriteIfGradient;
                bool isWritten = operand.Kind == OperandKind.Write || isGradient;
                if ((isGradient && i == timeline.Count - 1) || (!isWritten && operand.Kind != OperandKind.Read)) continue;
                if (isWritten && !first.ContainsKey(operand.Text)) first[operand.Text] = i;
                last[operand.Text] = i;
            }
        }

        foreach (PlannedBuffer buffer in buffers)
        {
            // What the caller reads after a step, and what the loss reads in training and in evaluation, stays through all.
            if (alwaysAlive.Contains(buffer.Name)) yield return (buffer, -1, int.MaxValue);
            else yield return (buffer, first.TryGetValue(buffer.Name, out int from) ? from : -1, last.TryGetValue(buffer.Name, out int to) ? to : -1);
        }
    }

    private static int Mismatch(List<PlannedBuffer> members, PlannedBuffer buffer)
    {
        if (members.Any(m => m.Columns == buffer.Columns)) return 0;
        if (!buffer.Columns.IsConstant || members.Any(m => !m.Columns.IsConstant)) return int.MaxValue;
        return members.Min(m => Math.Abs(m.Columns.Constant - buffer.Columns.Constant));
    }
}
