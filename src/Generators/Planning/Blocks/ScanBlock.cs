using FastNets.Generators.Helpers;
using FastNets.Generators.Model;
using FastNets.Generators.Shapes;

namespace FastNets.Generators.Planning.Blocks;

/// <summary>
/// One direction of a recurrent layer: the input products of all steps as one product, then the scan over the steps; backward the scan, then one product for
/// each weight over all steps.
/// </summary>
/// <param name="label">The layer's name, and the direction's.</param>
/// <param name="layer">The layer.</param>
/// <param name="part">What the direction's parameters are called before their names: nothing, or <c>Backward</c>.</param>
/// <param name="reverse">Whether it goes from the last step to the first.</param>
/// <param name="hasLengths">Whether series of a batch may have lengths of their own.</param>
/// <param name="inputs">The sequence; where the initial state is another layer's, its hidden state and, for an LSTM, its cell.</param>
internal sealed class ScanBlock(string label, ShapedLayer layer, string part, bool reverse, bool hasLengths, params Port[] inputs) : Block(label, layer, inputs)
{
    /// <summary>The output that is the hidden state after the last step.</summary>
    public const int FinalHidden = 1;

    /// <summary>The output that is an LSTM's cell after the last step.</summary>
    public const int FinalCell = 2;

    private PlannedBuffer? _hiddenState;
    private PlannedBuffer? _cellState;
    private PlannedBuffer _gates = null!;
    private PlannedBuffer _hidden = null!;
    private PlannedBuffer? _cell;
    private PlannedBuffer? _candidate;

    public override bool Learns => true;

    public override bool GivesWholeBuffer => false;

    public override Size Length => Layer.Settings.ReturnSequences ? Time * Units : Units;

    private LayerSettings Settings => Layer.Settings;

    private LayerKind Kind => Layer.Spec.Kind;

    private Size Time => Layer.Input.Steps;

    private Size Features => Layer.Input.Columns;

    private Size Units => Settings.Units;

    private Size Columns => Gates(Kind) * Units;

    private Operand Rows => Operand.Rows(Time);

    private Operand Lengths => hasLengths ? Operand.Lengths : Operand.None;

    private bool HasGivenState => Inputs.Length > 1;

    // Block 0 of the states is the initial one; backwards it is the last block.
    private Size? StatesAfter => reverse ? null : Units;

    private Size? StatesBefore => reverse ? Units : null;

    private Size? StateAtEnd => reverse ? null : Time * Units;

    private string Function => Kind == LayerKind.Rnn ? $"{Names.Activations}.{Activations.StructName(Settings.Activation)}" : "";

    /// <summary>The blocks of columns of a cell's kernels.</summary>
    public static int Gates(LayerKind kind) => kind == LayerKind.Rnn ? 1 : kind == LayerKind.Lstm ? 4 : 3;

    public override Size LengthOf(int output) => output == 0 ? Length : Units;

    public override void Forward(ForwardPass pass)
    {
        Operand x = pass.InputOf(this);
        Operand hidden0 = InitialState(pass, 1, ref _hiddenState, ".hiddenState");
        Operand cell0 = Kind == LayerKind.Lstm ? InitialState(pass, 2, ref _cellState, ".cellState") : Operand.None;
        _gates = pass.NewBuffer(Label + ".gates", Time * Columns);
        _hidden = pass.NewBuffer(Label + ".hidden", (Time + 1) * Units);
        pass.Add("Dense", Tail.Empty.Function, this, $"input products of all steps {Layer.Input.OfRows} x [{Features}, {Columns}]{(Settings.UseBias ? ", bias" : "")}",
            x, Parameter("Kernel"), Settings.UseBias ? Parameter("Bias") : Operand.None, Operand.None, Operand.Write(_gates), Rows, Operand.Of(Features), Operand.Of(Columns), Operand.NoMask);

        string comment = $"scan over {Time} steps{(reverse ? " backwards" : "")}, state [batch, {Units}]";
        Operand recurrentBias = Settings.UseRecurrentBias ? Parameter("RecurrentBias") : Operand.None;
        Operand[] start = [Operand.Read(_gates), Parameter("RecurrentKernel"), recurrentBias, hidden0];
        Operand[] end = [Operand.Of(Time), Operand.Batch, Operand.Of(Units), Operand.Of(reverse)];
        Operand states = Operand.Write(_hidden);
        switch (Kind)
        {
            case LayerKind.Lstm:
                _cell = pass.NewBuffer(Label + ".cell", (Time + 1) * Units);
                pass.Add("LstmForward", this, comment, [.. start, cell0, Lengths, states, Operand.Write(_cell), .. end]);
                break;
            case LayerKind.Gru:
                _candidate = pass.NewBuffer(Label + ".candidate", Time * Units);
                pass.Add("GruForward", this, comment, [.. start, Lengths, Operand.Write(_candidate), states, .. end]);
                break;
            default:
                pass.Add("RnnForward", Function, this, comment, [.. start, Lengths, states, .. end]);
                break;
        }

        KeepState(pass, _hidden, _hiddenState);
        if (_cell is not null) KeepState(pass, _cell, _cellState);
        pass.Give(this, 0, _hidden, Settings.ReturnSequences ? StatesAfter : StateAtEnd);
        pass.Give(this, FinalHidden, _hidden, StateAtEnd);
        if (_cell is not null) pass.Give(this, FinalCell, _cell, StateAtEnd);
    }

    public override void Backward(BackwardPass pass)
    {
        Gradient? output = pass.Take(this);
        Gradient? last = Settings.ReturnSequences ? pass.Take(this, FinalHidden) : output;
        Gradient? lastCell = pass.Take(this, FinalCell);
        if (output is null && last is null && lastCell is null) return;

        Gradient? hidden0 = HasGivenState ? pass.NewShare(Inputs[1]) : null;
        Gradient? cell0 = HasGivenState && Kind == LayerKind.Lstm ? pass.NewShare(Inputs[2]) : null;
        (Operand dZ, Operand dRecurrent) = ScanBack(pass, Settings.ReturnSequences ? output : null, last, lastCell, Written(hidden0), Written(cell0));
        if (hidden0 is not null) pass.Give(Inputs[1], hidden0);
        if (cell0 is not null) pass.Give(Inputs[2], cell0);

        pass.Add("DenseWeightGradient", this, $"recurrent weight gradient of all steps [{Units}, batch * {Time.AsFactor}] x [batch * {Time.AsFactor}, {Columns}]",
            Operand.Read(_hidden, StatesBefore), dRecurrent, Gradient("RecurrentKernel"), Rows, Operand.Of(Units), Operand.Of(Columns), Operand.Of(false));
        pass.Add("DenseWeightGradient", this, $"input weight gradient of all steps [{Features}, batch * {Time.AsFactor}] x [batch * {Time.AsFactor}, {Columns}]",
            pass.InputOf(this), dZ, Gradient("Kernel"), Rows, Operand.Of(Features), Operand.Of(Columns), Operand.Of(false));
        BiasGradients(pass, dZ, dRecurrent);
        pass.Contribute(Inputs[0], canAdd: true, (dX, add) => pass.Add("DenseInputGradient", this, $"input gradient of all steps [batch * {Time.AsFactor}, {Columns}] x [{Columns}, {Features}]",
            dZ, Parameter("Kernel"), dX, Rows, Operand.Of(Features), Operand.Of(Columns), add));
    }

    private (Operand OfInput, Operand OfRecurrent) ScanBack(BackwardPass pass, Gradient? output, Gradient? last, Gradient? lastCell, Operand dHidden0, Operand dCell0)
    {
        string comment = $"scan back through {(Settings.Truncate > 0 ? $"pieces of {Settings.Truncate} of " : "")}{Time} steps";
        Operand[] start = [Read(output), Read(last)];
        Operand[] end = [Operand.Of(Time), Operand.Batch, Operand.Of(Units), Operand.Of(Settings.Truncate), Operand.Of(reverse)];
        Operand kernel = Parameter("RecurrentKernel");
        Operand gates = Operand.Read(_gates);
        switch (Kind)
        {
            case LayerKind.Lstm:
                pass.Add("LstmBackward", this, comment, [.. start, Read(lastCell), gates, Operand.Read(_cell!), kernel, Lengths, dHidden0, dCell0, .. end]);
                return (gates, gates);
            case LayerKind.Gru:
                PlannedBuffer recurrent = pass.NewBuffer(Label + ".recurrentGradient", Time * Columns);
                pass.Add("GruBackward", this, comment, [.. start, gates, Operand.Read(_candidate!), Operand.Read(_hidden), kernel, Lengths, Operand.Write(recurrent), dHidden0, .. end]);
                return (gates, Operand.Read(recurrent));
            default:
                PlannedBuffer dZ = output is null ? pass.NewBuffer(Label + ".preactivationGradient", Time * Units) : pass.InPlace(output, this, Time * Units).Buffer;
                pass.Add("RnnBackward", Function, this, comment, [.. start, Operand.Read(_hidden), kernel, Lengths, Operand.Write(dZ), dHidden0, .. end]);
                return (Operand.Read(dZ), Operand.Read(dZ));
        }
    }

    private void BiasGradients(BackwardPass pass, Operand dZ, Operand dRecurrent)
    {
        if (Settings.UseBias) SumRows(dZ, "Bias");
        if (!Settings.UseRecurrentBias) return;
        if (!Settings.UseBias || dRecurrent != dZ)
        {
            SumRows(dRecurrent, "RecurrentBias");
            return;
        }

        pass.Add("CopyColumns", this, "both biases have the same gradient",
            Gradient("Bias"), Operand.Of(Columns), Operand.Of(0), Gradient("RecurrentBias"), Operand.Of(Columns), Operand.Of(0), Operand.Of(1), Operand.Of(Columns), Operand.Of(false));

        void SumRows(Operand gradients, string bias)
            => pass.Add("PointwiseBackward", Tail.Empty.Function, this, $"bias gradient of all steps [{Columns}]",
                gradients, Operand.None, Operand.None, Gradient(bias), Rows, Operand.Of(Columns), Operand.NoMask);
    }

    private Operand InitialState(ForwardPass pass, int input, ref PlannedBuffer? state, string name)
    {
        if (Inputs.Length > input) return pass.Read(Inputs[input]);
        if (!Settings.Stateful) return Operand.None;
        // Training and inference carry on the same state.
        if (pass.Training) state = pass.NewLastingBuffer(Layer.Name + name, Units);
        return Operand.Read(state!);
    }

    private void KeepState(ForwardPass pass, PlannedBuffer states, PlannedBuffer? state)
    {
        if (state is null) return;
        pass.Add("CopyColumns", this, $"the state is kept for the next batch [batch, {Units}]",
            Operand.Read(states, StateAtEnd), Operand.Of(Units), Operand.Of(0), Operand.Write(state), Operand.Of(Units), Operand.Of(0), Operand.Batch, Operand.Of(Units), Operand.Of(false));
    }

    private Operand Parameter(string name) => Operands.Parameter(Layer, part + name);

    private Operand Gradient(string name) => Operands.Gradient(Layer, part + name);

    private static Operand Read(Gradient? gradient) => gradient?.Read ?? Operand.None;

    private static Operand Written(Gradient? gradient) => gradient is null ? Operand.None : Operand.Write(gradient.Buffer);
}
