using System.Xml.Linq;

/// <summary>How many tests passed, failed and were left out, summed over the result files (.trx) of all runs.</summary>
public sealed class TestTotals
{
    private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    public int Passed { get; private set; }

    public int Failed { get; private set; }

    public int Skipped { get; private set; }

    /// <summary>Whether tests ran and none failed.</summary>
    public bool IsGood => Failed == 0 && Passed > 0;

    /// <summary>Adds one run.</summary>
    /// <param name="file">Where the run was told to write its results.</param>
    /// <param name="exitCode">What <c>dotnet test</c> returned.</param>
    /// <returns>Null, or what went wrong with the run itself, which then counts as one failure.</returns>
    public string Add(string file, int exitCode)
    {
        string problem = null;
        int failed = 0;
        try
        {
            XElement run = XDocument.Load(file).Root;
            foreach (XElement result in run.Element(Trx + "Results")?.Elements(Trx + "UnitTestResult") ?? [])
            {
                switch ((string)result.Attribute("outcome"))
                {
                    case "Passed": Passed++; break;
                    case "NotExecuted" or "Inconclusive": Skipped++; break;
                    default: failed++; break;
                }
            }

            XElement summary = run.Element(Trx + "ResultSummary");
            string outcome = (string)summary?.Attribute("outcome");
            string abort = summary?.Descendants(Trx + "RunInfo").Select(info => info.Value).FirstOrDefault(text => text.Contains("aborted"));
            if (abort is not null) problem = abort;
            else if (failed == 0 && outcome is not "Completed") problem = $"the run ended as '{outcome}' although no test failed";
            else if (failed == 0 && exitCode != 0) problem = $"no test failed, yet the run ended with exit code {exitCode}";
        }
        catch (Exception e) when (e is System.IO.IOException or System.Xml.XmlException)
        {
            problem = $"no readable results ({e.Message}); exit code {exitCode}";
        }

        Failed += problem is null ? failed : failed + 1;
        return problem;
    }

    public override string ToString() => $"{Passed} passed, {Failed} failed, {Skipped} skipped";
}
