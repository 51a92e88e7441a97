namespace FastNets.Cli.Reports;

/// <summary>What pages look like.</summary>
internal static class PageStyle
{
    /// <summary>The style sheet: light and dark as the reader's system is, nothing from elsewhere.</summary>
    /// <remarks>It holds none of the characters that would have to be escaped.</remarks>
    public const string Sheet =
        """

        :root { color-scheme: light dark; --page: #ffffff; --tile: #f4f6f8; --text: #1c2530; --muted: #5d6b7a; --grid: #dde3e9; --line: #9aa7b4; --for: #1f6fb2; --against: #c9571c; --mark: #fff3c4; }
        @media (prefers-color-scheme: dark) {
          :root { --page: #12161b; --tile: #1c2229; --text: #e4e9ee; --muted: #98a5b3; --grid: #2c343d; --line: #66727f; --for: #66b3f0; --against: #f29260; --mark: #37331c; }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, "Segoe UI", Roboto, sans-serif; }
        main { max-width: 980px; margin: 0 auto; padding: 32px 20px 48px; }
        h1 { font-size: 26px; line-height: 1.25; margin: 0 0 4px; }
        h2 { font-size: 18px; margin: 36px 0 2px; }
        p { margin: 0 0 12px; max-width: 75ch; }
        p.lead, p.note { color: var(--muted); }
        p.note { font-size: 13px; margin-bottom: 8px; }
        dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(240px, 1fr)); gap: 12px; margin: 20px 0; }
        dl div { background: var(--tile); border-radius: 8px; padding: 10px 14px; }
        dt { color: var(--muted); font-size: 13px; }
        dd { margin: 0; font-size: 19px; font-weight: 600; overflow-wrap: anywhere; }
        .pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(380px, 1fr)); gap: 0 28px; align-items: start; }
        svg { display: block; width: 100%; height: auto; font: 11px system-ui, "Segoe UI", Roboto, sans-serif; }
        text { fill: var(--text); }
        .small { fill: var(--muted); } .end { text-anchor: end; } .middle { text-anchor: middle; }
        .end.small, .middle.small { fill: var(--muted); }
        .grid { stroke: var(--grid); stroke-width: 1; } .axis { stroke: var(--line); stroke-width: 1; }
        .series { fill: none; stroke: var(--line); stroke-width: 1.2; }
        .mark { fill: var(--mark); } .frame { fill: var(--tile); } .over { fill: transparent; }
        .over:hover { fill: var(--text); fill-opacity: 0.08; }
        .for { fill: var(--for); } .against { fill: var(--against); }
        .run { fill: none; stroke-width: 2.4; stroke-linecap: round; stroke-linejoin: round; }
        .run.for { fill: none; stroke: var(--for); } .run.against { fill: none; stroke: var(--against); }
        .key { display: inline-block; width: 11px; height: 11px; border-radius: 2px; margin-right: 5px; }
        .key.for { background: var(--for); } .key.against { background: var(--against); }

        """;
}
