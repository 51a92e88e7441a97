namespace FastNets.Training;

/// <summary>The index of the largest number.</summary>
internal static class ArgMax
{
    /// <summary>The index of the largest number, the first of equals.</summary>
    /// <param name="values">At least one number.</param>
    public static int Of(ReadOnlySpan<float> values)
    {
        int best = 0;
        for (int i = 1; i < values.Length; i++)
        {
            if (values[i] > values[best]) best = i;
        }

        return best;
    }
}
