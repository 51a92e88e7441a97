using System.CommandLine;
using System.CommandLine.Completions;
using FastNets.Cli.Errors;
using FastNets.Cli.Rendering;

namespace FastNets.Cli.Options;

/// <summary>The option <c>--device</c>.</summary>
internal static class DeviceOption
{
    private const string Name = "--device";

    private static Device? _before;

    /// <summary>Makes the option.</summary>
    public static Option<Device?> Create()
    {
        var option = new Option<Device?>(Name)
        {
            Description = OptionFactory.WithDefault(
                "Where networks and MiniRocket run: the processor, an NVIDIA GPU (cuda:1 for the second one), or a GPU where there is one (auto)", $"{Device.EnvironmentVariable}, or cpu"),
            HelpName = "cpu|cuda|auto",
        };
        option.CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            try
            {
                return Device.Parse(text);
            }
            catch (FormatException e)
            {
                result.AddError($"{Name}: {e.Message}");
                return null;
            }
        };
        option.CompletionSources.Add(_ => [new CompletionItem("cpu"), new CompletionItem("cuda"), new CompletionItem("auto")]);
        return option;
    }

    /// <summary>Makes the device that was asked for the one that networks and transforms use, and says so where there is no GPU to use.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="option">The option.</param>
    /// <param name="screen">Where it is said.</param>
    /// <exception cref="Cuda.CudaUnavailableException">A GPU was asked for and can't be used.</exception>
    public static void Apply(ParseResult parsed, Option<Device?> option, IScreen screen)
    {
        _before = Standard();
        Device asked = parsed.GetValue(option) ?? _before;
        Device.Default = asked.Resolve(out string? reason);
        if (reason is not null) screen.Note($"This runs on the processor: {reason}");
    }

    /// <summary>Puts back what was the device before <see cref="Apply"/>.</summary>
    public static void Restore()
    {
        if (_before is not null) Device.Default = _before;
        _before = null;
    }

    private static Device Standard()
    {
        try
        {
            return Device.Default;
        }
        catch (FormatException e)
        {
            throw new UsageException(e.Message);
        }
    }
}
