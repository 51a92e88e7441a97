using System.Globalization;

namespace FastNets;

/// <summary>What one sample is: a vector of numbers, or a sequence of steps with as many numbers each.</summary>
public readonly record struct SampleShape
{
    private SampleShape(bool isSequence, int steps, int columns)
    {
        IsSequence = isSequence;
        Steps = steps;
        Columns = columns;
    }

    /// <summary>Whether there are steps.</summary>
    public bool IsSequence { get; }

    /// <summary>The steps; 1 for a vector.</summary>
    public int Steps { get; }

    /// <summary>The numbers of the vector, or of a step.</summary>
    public int Columns { get; }

    /// <summary>The numbers of a sample.</summary>
    /// <exception cref="OverflowException">There are more than 2^31 - 1.</exception>
    public int Length => checked(Steps * Columns);

    /// <summary>A vector.</summary>
    /// <param name="columns">Its numbers.</param>
    public static SampleShape Vector(int columns) => new(false, 1, columns);

    /// <summary>A sequence.</summary>
    /// <param name="steps">Its steps.</param>
    /// <param name="columns">The numbers of a step.</param>
    public static SampleShape Sequence(int steps, int columns) => new(true, steps, columns);

    /// <summary>The sizes, as in <c>[140, 1]</c>.</summary>
    public override string ToString()
        => IsSequence ? string.Create(CultureInfo.InvariantCulture, $"[{Steps}, {Columns}]") : string.Create(CultureInfo.InvariantCulture, $"[{Columns}]");
}
