namespace FastNets.Engine.Tests.Networks;

// Networks for series with lengths of their own.

[Network(Length = "steps", Channels = 3, Lengths = true)]
public sealed partial class LengthsRnn
{
    [Layer(Units = 7)]
    public partial Rnn State { get; }

    [Layer(Units = 4)]
    public partial Dense Scores { get; }
}

[Network(Length = "steps", Channels = 3, Lengths = true)]
public sealed partial class LengthsLstm
{
    [Layer(Units = 7)]
    public partial Lstm State { get; }

    [Layer(Units = 4)]
    public partial Dense Scores { get; }
}

[Network(Length = "steps", Channels = 3, Lengths = true)]
public sealed partial class LengthsGru
{
    [Layer(Units = 7, Reverse = true)]
    public partial Gru State { get; }

    [Layer(Units = 4)]
    public partial Dense Scores { get; }
}

[Network(Length = "steps", Channels = 3, Lengths = true)]
public sealed partial class LengthsBidirectional
{
    [Layer(Units = 5, Bidirectional = true, ReturnSequences = true)]
    public partial Lstm First { get; }

    [Layer(Units = 4, Bidirectional = true)]
    public partial Gru Second { get; }

    [Layer(Units = 4)]
    public partial Dense Scores { get; }
}

[Network(Length = "steps", Channels = 3, Lengths = true)]
public sealed partial class LengthsMean
{
    [Layer(Units = 7, ReturnSequences = true)]
    public partial Lstm States { get; }

    [Layer]
    public partial GlobalAveragePool1D Mean { get; }

    [Layer(Units = 4)]
    public partial Dense Scores { get; }
}

[Network(Length = "steps", Channels = 3, Lengths = true)]
public sealed partial class LengthsLargest
{
    [Layer(Units = 7, Bidirectional = true, ReturnSequences = true)]
    public partial Rnn States { get; }

    [Layer]
    public partial GlobalMaxPool1D Largest { get; }

    [Layer(Units = 4)]
    public partial Dense Scores { get; }
}

// A class for each step.
[Network(Length = "steps", Channels = 3, Lengths = true)]
public sealed partial class LengthsTags
{
    [Layer(Units = 6, Bidirectional = true, ReturnSequences = true)]
    public partial Gru States { get; }

    [Layer(Units = 4)]
    public partial Dense Scores { get; }
}

// Numbers for each step.
[Network(Length = "steps", Channels = 3, Lengths = true, Loss = Loss.MeanSquaredError, Reduction = Reduction.Sum)]
public sealed partial class LengthsValues
{
    [Layer(Units = 6, ReturnSequences = true)]
    public partial Lstm States { get; }

    [Layer(Units = 2)]
    public partial Dense Values { get; }
}
