namespace FastNets.Rocket;

/// <summary>The comparison trees that the biases of one kernel and dilation are arranged in.</summary>
internal enum MiniRocketTree
{
    /// <summary>A single bias.</summary>
    One,

    /// <summary>Two single biases.</summary>
    OneOne,

    /// <summary>Three biases, two levels.</summary>
    Three,

    /// <summary>A tree of three and a single bias.</summary>
    ThreeOne,

    /// <summary>Two trees of three.</summary>
    ThreeThree,

    /// <summary>Seven biases, three levels.</summary>
    Seven,

    /// <summary>A tree of seven and a single bias.</summary>
    SevenOne,

    /// <summary>Fifteen biases, four levels.</summary>
    Fifteen,

    /// <summary>Thirty-one biases, five levels.</summary>
    ThirtyOne,
}

/// <summary>How trees are chosen and laid out in memory.</summary>
internal static class MiniRocketTrees
{
    /// <summary>The most biases of an arrangement.</summary>
    public const int MostBiases = 31;

    /// <summary>The cheapest arrangement for a number of biases, by the instructions it takes.</summary>
    public static MiniRocketTree For(int biases) => biases switch
    {
        1 => MiniRocketTree.One,
        2 => MiniRocketTree.OneOne,
        3 => MiniRocketTree.Three,
        4 => MiniRocketTree.ThreeOne,
        5 or 6 => MiniRocketTree.ThreeThree,
        7 => MiniRocketTree.Seven,
        8 => MiniRocketTree.SevenOne,
        <= 15 => MiniRocketTree.Fifteen,
        _ => MiniRocketTree.ThirtyOne,
    };

    /// <summary>The numbers of biases of the trees in an arrangement.</summary>
    public static int[] Parts(MiniRocketTree tree) => tree switch
    {
        MiniRocketTree.One => [1],
        MiniRocketTree.OneOne => [1, 1],
        MiniRocketTree.Three => [3],
        MiniRocketTree.ThreeOne => [3, 1],
        MiniRocketTree.ThreeThree => [3, 3],
        MiniRocketTree.Seven => [7],
        MiniRocketTree.SevenOne => [7, 1],
        MiniRocketTree.Fifteen => [15],
        _ => [31],
    };

    /// <summary>How many elements the table of a tree takes. Those that are looked up in fill whole vectors, so that they stay aligned.</summary>
    public static int TableLength(int biases) => biases switch
    {
        1 => 1,
        3 => 3,
        7 or 15 => 16,
        _ => 32,
    };

    /// <summary>How many elements an arrangement takes for one kernel.</summary>
    public static int TableLength(MiniRocketTree tree) => tree == MiniRocketTree.SevenOne ? 32 : Parts(tree).Sum(TableLength);

    /// <summary>Writes the table of one tree.</summary>
    /// <param name="sorted">Its biases in ascending order: 1, 3, 7, 15 or 31.</param>
    /// <param name="table">The table, <see cref="TableLength(int)"/> elements; overwritten.</param>
    /// <remarks>
    /// 1, 3 and 15: in ascending order, so that of 15 the four of level 3 stand at 1, 5, 9 and 13, the eight of level 4 at 0, 2, ... 14.
    /// 7: the four of level 3 at 0, 4, 8 and 12, the root at 1, the two of level 2 at 2 and 3.
    /// 31: levels 1 to 4 as a tree of 15, then the sixteen of level 5.
    /// </remarks>
    public static void WriteTable(ReadOnlySpan<float> sorted, Span<float> table)
    {
        switch (sorted.Length)
        {
            case 7:
                for (int i = 0; i < 4; i++) table[4 * i] = sorted[2 * i];
                table[1] = sorted[3];
                table[2] = sorted[1];
                table[3] = sorted[5];
                break;
            case 31:
                for (int i = 0; i < 16; i++) table[16 + i] = sorted[2 * i];
                for (int i = 0; i < 15; i++) table[i] = sorted[(2 * i) + 1];
                break;
            default:
                sorted.CopyTo(table);
                break;
        }
    }
}
