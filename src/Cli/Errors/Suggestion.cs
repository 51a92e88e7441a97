namespace FastNets.Cli.Errors;

/// <summary>Finds what a person may have meant.</summary>
internal static class Suggestion
{
    // A third of the word may be wrong, but two letters always.
    private const int LettersPerMistake = 3;
    private const int MistakesAllowed = 2;

    /// <summary>The known word that is nearest to one that is not known.</summary>
    /// <param name="word">The word.</param>
    /// <param name="known">The words that are known.</param>
    /// <returns>The nearest; null where none is near.</returns>
    public static string? For(string word, IEnumerable<string> known)
    {
        string? best = null;
        int least = Math.Max(MistakesAllowed, word.Length / LettersPerMistake) + 1;
        foreach (string candidate in known)
        {
            int distance = candidate.StartsWith(word, StringComparison.OrdinalIgnoreCase) ? 1 : Distance(word, candidate);
            if (distance >= least || distance >= candidate.Length) continue;
            best = candidate;
            least = distance;
        }

        return best;
    }

    /// <summary>The end of a message: <c>; did you mean 'X'?</c>, or a full stop where nothing is near.</summary>
    /// <param name="word">The word.</param>
    /// <param name="known">The words that are known.</param>
    public static string Ending(string word, IEnumerable<string> known)
        => For(word, known) is { } near ? $"; did you mean '{near}'?" : ".";

    // The least number of letters to insert, remove, replace or swap (optimal string alignment).
    private static int Distance(string a, string b)
    {
        int[,] cost = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++) cost[i, 0] = i;
        for (int j = 0; j <= b.Length; j++) cost[0, j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int replace = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1;
                cost[i, j] = Math.Min(Math.Min(cost[i - 1, j] + 1, cost[i, j - 1] + 1), cost[i - 1, j - 1] + replace);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }
        }

        return cost[a.Length, b.Length];
    }
}
