using System.Globalization;
using FastNets.Data;
using RocketAccuracy;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
const string Resample = "resample";
int seeds = 10;
bool resample = false;
List<string> folders = [];
foreach (string argument in args)
{
    if (int.TryParse(argument, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0) seeds = number;
    else if (argument == Resample) resample = true;
    else folders.Add(argument);
}

if (folders.Count == 0)
{
    Console.WriteLine("Give folders of data sets, such as data/GunPoint with GunPoint_TRAIN.ts and GunPoint_TEST.ts, and how many seeds to run if not 10;");
    Console.WriteLine($"with '{Resample}' each seed but 0 draws its own split into training and test series.");
    return 2;
}

Console.WriteLine("| Data set | Train | Test | Channels | Length | Classes | Accuracy | Deviation | Seconds a run |");
Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
int failed = 0;
foreach (string folder in folders)
{
    try
    {
        DataSet set = DataSet.Read(folder);
        Console.WriteLine(Measurement.Of(set, seeds, resample).Row(set));
    }
    catch (Exception e) when (e is IOException or DataFormatException or ArgumentException)
    {
        // The other sets are measured all the same.
        Console.Error.WriteLine($"{folder}: {e.Message}");
        failed++;
    }
}

return failed == 0 ? 0 : 1;
