namespace FastNets.Classification;

/// <summary>What a <see cref="TimeSeriesClassifier"/> says about some series.</summary>
public sealed class Predictions
{
    private readonly int[] _classIndices;
    private readonly float[] _scores;

    internal Predictions(IReadOnlyList<string> classes, int[] classIndices, float[] scores, bool isProbability)
    {
        Classes = classes;
        _classIndices = classIndices;
        _scores = scores;
        IsProbability = isProbability;
    }

    /// <summary>The names of the classes, in the order of their indices.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The number of series.</summary>
    public int Count => _classIndices.Length;

    /// <summary>Each series' class as an index into <see cref="Classes"/>, shape [count].</summary>
    public ReadOnlySpan<int> ClassIndices => _classIndices;

    /// <summary>Each series' scores, shape [count, classes]: probabilities, or a ridge classifier's decision values (of two classes -d and d).</summary>
    public ReadOnlySpan<float> Scores => _scores;

    /// <summary>Whether <see cref="Scores"/> are probabilities.</summary>
    public bool IsProbability { get; }

    /// <summary>The name of a series' class.</summary>
    /// <param name="series">The series' index.</param>
    public string ClassOf(int series) => Classes[_classIndices[series]];

    /// <summary>A series' scores, shape [classes].</summary>
    /// <param name="series">The series' index.</param>
    public ReadOnlySpan<float> ScoresOf(int series) => _scores.AsSpan(series * Classes.Count, Classes.Count);
}
