using System.Text;
using FastNets.Generators.Helpers;

namespace FastNets.Generators.Emission;

/// <summary>Gives each place, buffer and size of a network a name of its own: <c>Hidden.Kernel</c> becomes <c>_hiddenKernel</c>, and never what another has.</summary>
/// <param name="prefix">What each name starts with: an underscore for fields, nothing for locals.</param>
/// <param name="reserved">Names that are taken from the outset.</param>
internal sealed class UniqueNames(string prefix, IEnumerable<string> reserved)
{
    private static readonly char[] Separators = ['.'];
    private readonly Dictionary<string, string> _names = [];
    private readonly HashSet<string> _taken = new(reserved, StringComparer.Ordinal);

    /// <summary>The name of a key; made at the first call.</summary>
    public string this[string key]
    {
        get
        {
            if (_names.TryGetValue(key, out string? name)) return name;
            name = Identifiers.Unique(_taken, Wanted(key));
            _names.Add(key, name);
            return name;
        }
    }

    private string Wanted(string key)
    {
        var name = new StringBuilder(prefix);
        foreach (string part in key.Split(Separators))
            name.Append(name.Length == prefix.Length ? char.ToLowerInvariant(part[0]) : char.ToUpperInvariant(part[0])).Append(part, 1, part.Length - 1);
        return name.ToString();
    }
}
