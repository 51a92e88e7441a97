namespace FastNets.Cli.Rendering;

/// <summary>A table of texts.</summary>
/// <param name="Title">What stands above it.</param>
/// <param name="Columns">The columns' headings.</param>
/// <param name="Rows">The rows, each with a text for each column.</param>
/// <remarks>The first column is aligned to the left, the others, which hold numbers, to the right.</remarks>
internal sealed record ResultTable(string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);
