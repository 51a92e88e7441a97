namespace FastNets.Generators.Helpers;

/// <summary>The names of generated files: different ones even for classes whose names differ only in case.</summary>
internal static class FileNames
{
    /// <summary>The names, sorted, that are equal to another one but for case.</summary>
    public static EquatableArray<string> Alike(IEnumerable<string> names)
        => names.Distinct(StringComparer.Ordinal)
            .GroupBy(n => n, StringComparer.OrdinalIgnoreCase)
            .Where(g => g.Count() > 1)
            .SelectMany(g => g)
            .OrderBy(n => n, StringComparer.Ordinal)
            .ToEquatableArray();

    public static string Of(string name, EquatableArray<string> alike)
    {
        int number = alike.Where(n => string.Equals(n, name, StringComparison.OrdinalIgnoreCase)).TakeWhile(n => n != name).Count();
        return number == 0 ? name + ".g.cs" : $"{name}.{Literals.Of(number + 1)}.g.cs";
    }
}
