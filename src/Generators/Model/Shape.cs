namespace FastNets.Generators.Model;

/// <summary>What one sample is between two layers: numbers, or a sequence of steps with as many numbers each.</summary>
/// <param name="IsSequence">Whether there are steps.</param>
/// <param name="Steps">The steps; 1 where it is no sequence.</param>
/// <param name="Columns">The numbers (of a step).</param>
internal readonly record struct Shape(bool IsSequence, Size Steps, Size Columns)
{
    public static Shape Vector(Size columns) => new(false, Size.One, columns);

    public static Shape Sequence(Size steps, Size columns) => new(true, steps, columns);

    /// <summary>The numbers of a sample.</summary>
    public Size Length => Steps * Columns;

    /// <summary>The shape of a batch, for comments.</summary>
    public string OfBatch => IsSequence ? $"[batch, {Steps}, {Columns}]" : $"[batch, {Columns}]";

    /// <summary>The shape of a batch as rows of columns, for comments.</summary>
    public string OfRows => IsSequence ? $"[batch * {Steps.AsFactor}, {Columns}]" : $"[batch, {Columns}]";

    /// <summary>The shape in words, for messages.</summary>
    public override string ToString() => IsSequence ? $"a sequence [{Steps}, {Columns}]" : $"a vector [{Columns}]";
}
