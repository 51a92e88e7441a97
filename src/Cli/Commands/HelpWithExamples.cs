using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using FastNets.Cli.Errors;

namespace FastNets.Cli.Commands;

/// <summary>The parser's help, and examples below it where the command has some.</summary>
/// <param name="help">The parser's help.</param>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    // As wide as a person likes to read; a narrower terminal wraps by itself.
    private const int Width = 120;

    private static readonly Dictionary<string, string[]> Examples = new()
    {
        ["fastnets"] =
        [
            "fastnets train                              a first look, on series made on the spot",
            "fastnets train A_TRAIN.ts --test A_TEST.ts --out a.safetensors",
            "fastnets evaluate a.safetensors A_TEST.ts",
            "fastnets predict a.safetensors new.csv --out labels.csv",
        ],
        ["train"] =
        [
            "fastnets train",
            "fastnets train ECG_TRAIN.tsv --test ECG_TEST.tsv --out ecg.safetensors",
            "fastnets train ECG_TRAIN.tsv --model head --validation 0.2 --epochs 50 --seed 7",
        ],
        ["evaluate"] = ["fastnets evaluate ecg.safetensors ECG_TEST.tsv --predictions answers.csv"],
        ["predict"] =
        [
            "fastnets predict ecg.safetensors new.npy --out labels.csv",
            "sensor | fastnets predict ecg.safetensors -",
        ],
        ["explain"] = ["fastnets explain ecg.safetensors ECG_TEST.tsv --series 3 --report why.html"],
        ["transform"] =
        [
            "fastnets transform A_TRAIN.ts --fit A_TRAIN.ts --out train.npy --save-parameters rocket.safetensors",
            "fastnets transform A_TEST.ts --parameters rocket.safetensors --out test.npy",
            "fastnets transform large.npy --parameters rocket.safetensors --out features.npy --resume",
        ],
        ["make"] = ["fastnets data make cbf --out data --per-class 100 --seed 1"],
    };

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        help.MaxWidth = Math.Min(help.MaxWidth, Width);
        int code = help.Invoke(parseResult);
        Command command = parseResult.CommandResult.Command;
        if (!Examples.TryGetValue(command is RootCommand ? "fastnets" : command.Name, out string[]? lines)) return code;
        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (string line in lines) output.WriteLine($"  {line}");
        output.WriteLine();
        if (command is RootCommand) output.WriteLine($"{ExitCodes.Summary}{Environment.NewLine}");
        return code;
    }
}
