namespace FastNets.Engine.Tests.Networks;

// The same network three times: for windows that carry on the state, for whole series, and for whole series with gradients cut every 4 steps.

[Network(Length = "steps", Channels = 2, Loss = Loss.MeanSquaredError)]
public sealed partial class WindowsLstm
{
    [Layer(Units = 6, ReturnSequences = true, Stateful = true)]
    public partial Lstm State { get; }

    [Layer(Units = 2)]
    public partial Dense Values { get; }
}

[Network(Length = "steps", Channels = 2, Loss = Loss.MeanSquaredError)]
public sealed partial class WholeLstm
{
    [Layer(Units = 6, ReturnSequences = true)]
    public partial Lstm State { get; }

    [Layer(Units = 2)]
    public partial Dense Values { get; }
}

[Network(Length = "steps", Channels = 2, Loss = Loss.MeanSquaredError)]
public sealed partial class TruncatedLstm
{
    [Layer(Units = 6, ReturnSequences = true, Truncate = 4)]
    public partial Lstm State { get; }

    [Layer(Units = 2)]
    public partial Dense Values { get; }
}

[Network(Length = "steps", Channels = 2, Loss = Loss.MeanSquaredError)]
public sealed partial class WindowsGru
{
    [Layer(Units = 6, ReturnSequences = true, Stateful = true)]
    public partial Gru State { get; }

    [Layer(Units = 2)]
    public partial Dense Values { get; }
}

[Network(Length = "steps", Channels = 2, Loss = Loss.MeanSquaredError)]
public sealed partial class WholeGru
{
    [Layer(Units = 6, ReturnSequences = true)]
    public partial Gru State { get; }

    [Layer(Units = 2)]
    public partial Dense Values { get; }
}

[Network(Length = "steps", Channels = 2, Loss = Loss.MeanSquaredError)]
public sealed partial class TruncatedGru
{
    [Layer(Units = 6, ReturnSequences = true, Truncate = 4)]
    public partial Gru State { get; }

    [Layer(Units = 2)]
    public partial Dense Values { get; }
}

[Network(Length = "steps", Channels = 2, Loss = Loss.MeanSquaredError)]
public sealed partial class WindowsRnn
{
    [Layer(Units = 6, ReturnSequences = true, Stateful = true)]
    public partial Rnn State { get; }

    [Layer(Units = 2)]
    public partial Dense Values { get; }
}

[Network(Length = "steps", Channels = 2, Loss = Loss.MeanSquaredError)]
public sealed partial class WholeRnn
{
    [Layer(Units = 6, ReturnSequences = true)]
    public partial Rnn State { get; }

    [Layer(Units = 2)]
    public partial Dense Values { get; }
}

[Network(Length = "steps", Channels = 2, Loss = Loss.MeanSquaredError)]
public sealed partial class TruncatedRnn
{
    [Layer(Units = 6, ReturnSequences = true, Truncate = 4)]
    public partial Rnn State { get; }

    [Layer(Units = 2)]
    public partial Dense Values { get; }
}
