using FastNets.Generators.Helpers;
using FastNets.Generators.Planning;
using FastNets.Generators.Shapes;
using FastNets.Random;

namespace FastNets.Generators.Tests.Running.Reference;

/// <summary>Dropout with the mask that DropoutMask documents.</summary>
internal sealed class ReferenceDropout(ShapedNetwork network, ulong seed)
{
    private readonly NetworkPlan _plan = Planner.Plan(network);

    public Value Drop(ShapedLayer layer, Value x, uint step)
    {
        double rate = layer.Settings.Rate;
        int columns = MaskColumns(layer);
        int steps = x.Steps * x.Columns / columns;
        return new Value([.. x.Rows.Select((sample, b) => sample.Select((row, t) => row.Select((v, c) => Keeps(b, (t * x.Columns) + c) ? v / (1 - rate) : 0).ToArray()).ToArray())], x.IsSequence, x.TimeFirst);

        bool Keeps(int b, int element)
        {
            (int t, int column) = (element / columns, element % columns);
            int row = x.TimeFirst ? (t * x.Batch) + b : (b * steps) + t;
            uint block = (uint)((8 * ((row * ((columns + 31) / 32)) + (column / 32))) + (column % 8));
            (uint first, uint second, uint third, uint fourth) = Philox.Block(block, 0, (uint)layer.Index, step, (uint)seed, (uint)(seed >> 32));
            return (((column % 32) / 8) switch { 0 => first, 1 => second, 2 => third, _ => fourth }) >= rate * 4294967296.0;
        }
    }

    // The mask belongs to the operation that the dropout is a part of, which may have run before a Flatten: the rows are that operation's.
    private int MaskColumns(ShapedLayer layer)
    {
        string mask = $"Mask({Literals.Of(layer.Settings.Rate)}, {Literals.Of(layer.Index)}, step)";
        Operation operation = _plan.Forward.Single(o => o.Operands.Any(operand => operand.Text == mask));
        int place = operation.Method switch { "Dense" or "LayerNorm" => 7, "BatchNorm" => 9, "Add" => 4, "Pointwise" => 3, _ => -1 };
        return place >= 0
            ? operation.Operands[place].Size.Constant
            : network.Layers.Single(l => l.Name + ".Sizes" == operation.Operands[6].Text).Output.Columns.Constant;
    }
}
