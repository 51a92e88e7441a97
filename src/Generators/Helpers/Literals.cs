using System.Globalization;

namespace FastNets.Generators.Helpers;

/// <summary>The one place where numbers become C# text, whatever the culture of the machine.</summary>
internal static class Literals
{
    public static string Of(int value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Of(float value) => value.ToString("R", CultureInfo.InvariantCulture) + "f";

    public static string Of(bool value) => value ? "true" : "false";

    public static string Of(string value) => "\"" + value.Replace("\\", "\\\\").Replace("\"", "\\\"") + "\"";
}
