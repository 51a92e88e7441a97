namespace FastNets.Cli.Errors;

/// <summary>What the program says to the one who started it.</summary>
internal static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>Failed: a file could not be written, memory ran out.</summary>
    public const int Failed = 1;

    /// <summary>Wrong usage: the command line makes no sense.</summary>
    public const int Usage = 2;

    /// <summary>Bad input: a file that is missing, damaged or unfit.</summary>
    public const int BadInput = 3;

    /// <summary>Stopped by Ctrl-C: 128 and the signal's number, as shells count.</summary>
    public const int Interrupted = 130;

    /// <summary>All of them, for the help.</summary>
    public const string Summary = "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 bad input, 130 stopped by Ctrl-C.";
}
