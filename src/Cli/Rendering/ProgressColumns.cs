using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace FastNets.Cli.Rendering;

/// <summary>Whether a phase is done.</summary>
internal sealed class StateColumn : ProgressColumn
{
    /// <inheritdoc/>
    protected override bool NoWrap => true;

    /// <inheritdoc/>
    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime)
        => task.IsFinished
            ? new Text(options.Unicode ? " ✓" : " *", new Style(Color.Green))
            : new Text(options.Unicode ? " ›" : " >", new Style(Color.Yellow));
}

/// <summary>How long a phase has taken.</summary>
internal sealed class SecondsColumn : ProgressColumn
{
    /// <inheritdoc/>
    protected override bool NoWrap => true;

    /// <inheritdoc/>
    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime)
    {
        string seconds = (task.ElapsedTime ?? TimeSpan.Zero).TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);
        return new Text($"{seconds,7} s", new Style(Color.Blue));
    }
}

/// <summary>What a phase says of itself, such as its loss.</summary>
internal sealed class DetailColumn : ProgressColumn
{
    private const string Key = "detail";

    // Mark, name, bar, seconds and the gaps between them.
    private const int OtherColumns = 52;

    /// <inheritdoc/>
    protected override bool NoWrap => true;

    /// <summary>Sets what a phase says.</summary>
    /// <param name="task">The phase.</param>
    /// <param name="detail">The text.</param>
    public static void Set(ProgressTask task, string detail) => task.State.Update<Shown>(Key, _ => new Shown(detail));

    /// <inheritdoc/>
    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime)
        => new Text(Fitting(task.State.Get<Shown>(Key).Detail ?? "", options.ConsoleSize.Width - OtherColumns), new Style(Color.Grey));

    // What is too long goes, from the last comma on, so that the bars keep their width.
    private static string Fitting(string detail, int width)
    {
        while (detail.Length > Math.Max(width, 0)) detail = detail[..Math.Max(detail.LastIndexOf(", ", StringComparison.Ordinal), 0)];
        return detail;
    }

    // The state of a phase holds values, not references.
    private readonly record struct Shown(string? Detail);
}
