using NUnit.Framework;

namespace FastNets.Generators.Tests.Harness;

/// <summary>
/// Compares generated text with a file of the repository. To accept what is written now, run the tests once with the environment
/// variable FASTNETS_UPDATE_SNAPSHOTS=1 and commit the files; say in the commit why they changed.
/// </summary>
internal static class Snapshot
{
    private const string Update = "FASTNETS_UPDATE_SNAPSHOTS";

    public static void ShouldMatch(string actual, string path)
    {
        if (Environment.GetEnvironmentVariable(Update) == "1") File.WriteAllText(path, actual);
        string expected = File.Exists(path) ? File.ReadAllText(path) : "";
        if (actual == expected) return;
        string[] before = expected.Split('\n');
        string[] after = actual.Split('\n');
        int same = before.Zip(after).TakeWhile(p => p.First == p.Second).Count();
        int tail = before.Reverse().Zip(after.Reverse()).TakeWhile(p => p.First == p.Second).Count();
        tail = Math.Min(tail, Math.Min(before.Length, after.Length) - same);
        IEnumerable<string> diff = before[Math.Max(0, same - 2)..same].Select(l => "  " + l)
            .Concat(before[same..(before.Length - tail)].Select(l => "- " + l))
            .Concat(after[same..(after.Length - tail)].Select(l => "+ " + l));
        Assert.Fail($"{path} is not what is written now; from line {same + 1}:\n{string.Join("\n", diff)}\nTo accept: {Update}=1 dotnet test, then commit the file.");
    }
}
