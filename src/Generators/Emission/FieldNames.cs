using System.Globalization;
using System.Text;

namespace FastNets.Generators.Emission;

/// <summary>Gives each place, buffer and size of a network a field of its own: <c>Hidden.Kernel</c> becomes <c>_hiddenKernel</c>, and never what another has.</summary>
internal sealed class FieldNames
{
    private static readonly char[] Separators = ['.', ':'];
    private readonly Dictionary<string, string> _fields = [];
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>The field of a key; made at the first call.</summary>
    public string this[string key]
    {
        get
        {
            if (_fields.TryGetValue(key, out string? field)) return field;
            string wanted = Wanted(key);
            field = wanted;
            for (int number = 2; !_taken.Add(field); number++) field = wanted + number.ToString(CultureInfo.InvariantCulture);
            _fields.Add(key, field);
            return field;
        }
    }

    private static string Wanted(string key)
    {
        var name = new StringBuilder("_");
        foreach (string part in key.Split(Separators))
            name.Append(name.Length == 1 ? char.ToLowerInvariant(part[0]) : char.ToUpperInvariant(part[0])).Append(part, 1, part.Length - 1);
        return name.ToString();
    }
}
