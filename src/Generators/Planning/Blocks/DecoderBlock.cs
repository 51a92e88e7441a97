using FastNets.Generators.Helpers;
using FastNets.Generators.Model;
using FastNets.Generators.Shapes;

namespace FastNets.Generators.Planning.Blocks;

/// <summary>
/// The decoder of a sequence autoencoder (Malhotra et al., 2016): h and c start as the encoder's last ones, each step gives y = h V + v, and y is the next
/// step's input.
/// </summary>
/// <remarks>
/// Because y is an affine map of h, the step from h to the next state is that of an LSTM without input: with the input kernel W, the recurrent one U and
/// the bias b it is z = y W + h U + b = h (U + V W) + (b + v W). So the scan runs with the kernel U + V W, made once a pass, and all outputs are one product
/// behind it. Backward, the gradient G of that kernel gives those of U (G), V (G W^T) and W (V^T G). With teacher forcing the inputs are the targets, known
/// ahead, and the scan is an ordinary one.
/// </remarks>
internal sealed class DecoderBlock(string label, ShapedLayer layer, int layerNumber, Port hidden, Port cell) : Block(label, layer, hidden, cell)
{
    private PlannedBuffer _gates = null!;
    private PlannedBuffer _hidden = null!;
    private PlannedBuffer _cell = null!;
    private PlannedBuffer? _targets;
    private Operand _kernel;

    public override bool Learns => true;

    private Size Steps => Layer.Output.Steps;

    private Size Scanned => Steps + -1;

    private Size Features => Layer.Output.Columns;

    private Size Units => Layer.Settings.Units;

    private Size Columns => 4 * Units;

    private bool Reverse => Layer.Settings.Reverse;

    private bool HasBias => Layer.Settings.UseBias;

    private float Forcing => Layer.Settings.TeacherForcing;

    private string Forced => $"TeacherForced({Literals.Of(Forcing)}, {Literals.Of(layerNumber)}, step)";

    // In which order the steps lie: reversed, the first one that is made is the last one in memory.
    private Size? StatesBefore => Reverse ? Units : null;

    private Size? StatesAfter => Reverse ? null : Units;

    private Operand[] ScanSizes => [Operand.Of(Scanned), Operand.Batch, Operand.Of(Units)];

    private Operand Parameter(string name) => Operands.Parameter(Layer, name);

    private Operand BiasOr(string name) => HasBias ? Parameter(name) : Operand.None;

    private Operand RecurrentBias => Layer.Settings.UseRecurrentBias ? Parameter("RecurrentBias") : Operand.None;

    public override void Forward(ForwardPass pass)
    {
        _gates = pass.NewBuffer(Label + ".gates", Scanned * Columns);
        _hidden = pass.NewBuffer(Label + ".hidden", Steps * Units);
        _cell = pass.NewBuffer(Label + ".cell", Steps * Units);
        bool mayForce = pass.Training && Forcing > 0;
        bool mayBeFree = !pass.Training || Forcing < 1;
        if (mayForce) Force(pass, mayBeFree ? Forced : "");
        if (mayBeFree) Free(pass, mayForce ? "!" + Forced : "");
        PlannedBuffer y = pass.NewOutput(this);
        pass.Add("Dense", Tail.Empty.Function, this, $"outputs of all steps [{Steps.AsFactor} * batch, {Units}] x [{Units}, {Features}]{(HasBias ? ", bias" : "")}",
            Operand.Read(_hidden), Parameter("OutputKernel"), BiasOr("OutputBias"), Operand.None, Operand.Write(y), Operand.Rows(Steps), Operand.Of(Units), Operand.Of(Features), Operand.NoMask);
    }

    public override void Backward(BackwardPass pass)
    {
        if (pass.Take(this) is not { } gradient) return;
        Operand dOutputKernel = Operands.Gradient(Layer, "OutputKernel");
        pass.Add("DenseWeightGradient", this, $"output weight gradient of all steps [{Units}, {Features}]",
            Operand.Read(_hidden), gradient.Read, dOutputKernel, Operand.Rows(Steps), Operand.Of(Units), Operand.Of(Features), Operand.Of(false));
        if (HasBias) SumRows(pass, gradient.Read, "OutputBias", Steps, Features);
        PlannedBuffer dHidden = pass.NewBuffer(Label + ".hiddenGradient", Steps * Units);
        pass.Add("DenseInputGradient", this, $"gradients of the states by the outputs [{Steps.AsFactor} * batch, {Units}]",
            gradient.Read, Parameter("OutputKernel"), Operand.Write(dHidden), Operand.Rows(Steps), Operand.Of(Units), Operand.Of(Features), Operand.Of(false));

        Gradient? dHidden0 = pass.NewShare(Inputs[0]);
        Gradient? dCell0 = pass.NewShare(Inputs[1]);
        if (Forcing > 0) ScanBack(pass, dHidden, Parameter("RecurrentKernel"), dHidden0, dCell0, Forcing < 1 ? Forced : "");
        if (Forcing < 1) ScanBack(pass, dHidden, _kernel, dHidden0, dCell0, Forcing > 0 ? "!" + Forced : "");
        if (dHidden0 is not null)
        {
            pass.Add("Add", Tail.Empty.Function, this, $"the first output's share in the initial state [batch, {Units}]",
                dHidden0.Read, Operand.Read(dHidden, Reverse ? Scanned * Units : null), Operand.Write(dHidden0.Buffer), Operand.Batch, Operand.Of(Units), Operand.NoMask);
        }

        WeightGradients(pass, dOutputKernel);
        if (dHidden0 is not null) pass.Give(Inputs[0], dHidden0);
        if (dCell0 is not null) pass.Give(Inputs[1], dCell0);
    }

    // The inputs are the targets, one step late.
    private void Force(ForwardPass pass, string condition)
    {
        Shape target = Layer.Output;
        _targets = pass.NewBuffer(Label + ".targets", target.Length);
        pass.Add("SwapAxes", this, $"targets {target.OfBatch} -> [{Steps}, batch, {Features}]", Operand.Targets, Operand.Write(_targets), Operand.Batch, Operand.Of(Steps), Operand.Of(Features));
        pass.When(condition);
        pass.Add("Dense", Tail.Empty.Function, this, $"input products of all steps, teacher forced [{Scanned.AsFactor} * batch, {Features}] x [{Features}, {Columns}]",
            Operand.Read(_targets, Reverse ? Features : null), Parameter("Kernel"), BiasOr("Bias"), Operand.None, Operand.Write(_gates), Operand.Rows(Scanned), Operand.Of(Features), Operand.Of(Columns), Operand.NoMask);
        pass.When(condition);
        Scan(pass, Parameter("RecurrentKernel"), condition);
    }

    // The inputs are the outputs: folded into the recurrent kernel.
    private void Free(ForwardPass pass, string condition)
    {
        Operand bias = Operand.None;
        if (pass.Training)
        {
            PlannedBuffer kernel = pass.NewBuffer(Label + ".foldedKernel", Units * Columns, perSample: false);
            _kernel = Operand.Read(kernel);
            if (HasBias) bias = Operand.Read(pass.NewBuffer(Label + ".foldedBias", Columns, perSample: false));
        }
        else
        {
            _kernel = pass.NewFolded($"{Layer.Name}.RecurrentKernel.Folded", Units, Columns);
            if (HasBias) bias = pass.NewFolded($"{Layer.Name}.Bias.Folded", null, Columns);
        }

        Operand write = pass.Training ? _kernel with { Kind = OperandKind.Write } : _kernel;
        Add("Dense", $"output times input kernel [{Units}, {Features}] x [{Features}, {Columns}]",
            Parameter("OutputKernel"), Parameter("Kernel"), Operand.None, Operand.None, write, Operand.Of(Units), Operand.Of(Features), Operand.Of(Columns), Operand.NoMask);
        Add("Add", "plus the recurrent kernel", _kernel, Parameter("RecurrentKernel"), write, Operand.Of(Units), Operand.Of(Columns), Operand.NoMask);
        if (HasBias)
        {
            Add("Dense", $"output bias times input kernel, plus bias [{Columns}]",
                Parameter("OutputBias"), Parameter("Kernel"), Parameter("Bias"), Operand.None, pass.Training ? bias with { Kind = OperandKind.Write } : bias, Operand.Of(1), Operand.Of(Features), Operand.Of(Columns), Operand.NoMask);
        }

        pass.Add("BroadcastRow", this, $"the same bias for all steps [{Scanned.AsFactor} * batch, {Columns}]", bias, Operand.Write(_gates), Operand.Rows(Scanned), Operand.Of(Columns));
        pass.When(condition);
        Scan(pass, _kernel, condition);

        void Add(string method, string comment, params Operand[] operands)
        {
            if (!pass.Training)
            {
                pass.AddFold(method, Tail.Empty.Function, this, comment, operands);
                return;
            }

            pass.Add(method, Tail.Empty.Function, this, comment, operands);
            pass.When(condition);
        }
    }

    private void Scan(ForwardPass pass, Operand kernel, string condition)
    {
        pass.Add("LstmForward", this, $"scan over {Scanned} steps{(Reverse ? " backwards" : "")}, state [batch, {Units}]",
            [Operand.Read(_gates), kernel, RecurrentBias, pass.Read(Inputs[0]), pass.Read(Inputs[1]), Operand.None, Operand.Write(_hidden), Operand.Write(_cell), .. ScanSizes, Operand.Of(Reverse)]);
        pass.When(condition);
    }

    private void ScanBack(BackwardPass pass, PlannedBuffer dHidden, Operand kernel, Gradient? dHidden0, Gradient? dCell0, string condition)
    {
        pass.Add("LstmBackward", this, $"scan back through {Scanned} steps",
            [Operand.Read(dHidden, StatesAfter), Operand.None, Operand.None, Operand.Read(_gates), Operand.Read(_cell), kernel, Operand.None, Written(dHidden0), Written(dCell0), .. ScanSizes, Operand.Of(0), Operand.Of(Reverse)]);
        pass.When(condition);
    }

    private void WeightGradients(BackwardPass pass, Operand dOutputKernel)
    {
        Operand dZ = Operand.Read(_gates);
        Operand dRecurrent = Operands.Gradient(Layer, "RecurrentKernel");
        Operand dKernel = Operands.Gradient(Layer, "Kernel");
        pass.Add("DenseWeightGradient", this, $"recurrent weight gradient of all steps [{Units}, {Columns}]",
            Operand.Read(_hidden, StatesBefore), dZ, dRecurrent, Operand.Rows(Scanned), Operand.Of(Units), Operand.Of(Columns), Operand.Of(false));
        if (HasBias) SumRows(pass, dZ, "Bias", Scanned, Columns);
        if (Layer.Settings.UseRecurrentBias) SumRows(pass, dZ, "RecurrentBias", Scanned, Columns);
        if (Forcing > 0)
        {
            pass.Add("DenseWeightGradient", this, $"input weight gradient of all steps [{Features}, {Columns}]",
                Operand.Read(_targets!, Reverse ? Features : null), dZ, dKernel, Operand.Rows(Scanned), Operand.Of(Features), Operand.Of(Columns), Operand.Of(false));
            pass.When(Forcing < 1 ? Forced : "");
        }

        if (Forcing >= 1) return;
        string free = Forcing > 0 ? "!" + Forced : "";
        Operand kernel = Parameter("Kernel");
        Folded("DenseWeightGradient", $"input weight gradient through the folded kernel [{Features}, {Units}] x [{Units}, {Columns}]",
            Parameter("OutputKernel"), dRecurrent, dKernel, Operand.Of(Units), Operand.Of(Features), Operand.Of(Columns), Operand.Of(false));
        Folded("DenseInputGradient", $"the output weights' share through the folded kernel [{Units}, {Columns}] x [{Columns}, {Features}]",
            dRecurrent, kernel, dOutputKernel, Operand.Of(Units), Operand.Of(Features), Operand.Of(Columns), Operand.Of(true));
        if (!HasBias) return;
        Operand dBias = Operands.Gradient(Layer, "Bias");
        Folded("DenseWeightGradient", "the input weights' share through the folded bias",
            Parameter("OutputBias"), dBias, dKernel, Operand.Of(1), Operand.Of(Features), Operand.Of(Columns), Operand.Of(true));
        Folded("DenseInputGradient", "the output bias's share through the folded bias",
            dBias, kernel, Operands.Gradient(Layer, "OutputBias"), Operand.Of(1), Operand.Of(Features), Operand.Of(Columns), Operand.Of(true));

        void Folded(string method, string comment, params Operand[] operands)
        {
            pass.Add(method, this, comment, operands);
            pass.When(free);
        }
    }

    private void SumRows(BackwardPass pass, Operand gradients, string bias, Size steps, Size columns)
        => pass.Add("PointwiseBackward", Tail.Empty.Function, this, $"bias gradient of all steps [{columns}]",
            gradients, Operand.None, Operand.None, Operands.Gradient(Layer, bias), Operand.Rows(steps), Operand.Of(columns), Operand.NoMask);

    private static Operand Written(Gradient? gradient) => gradient is null ? Operand.None : Operand.Write(gradient.Buffer);
}
