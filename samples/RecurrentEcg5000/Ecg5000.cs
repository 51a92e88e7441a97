using FastNets.Data;

namespace RecurrentEcg5000;

/// <summary>The official split of ECG5000: 500 heartbeats to train on, 4500 to test.</summary>
/// <param name="Train">The training set.</param>
/// <param name="Test">The test set; its classes are counted as the training set's are.</param>
public sealed record Ecg5000(SeriesSet Train, SeriesSet Test)
{
    /// <summary>Reads both files.</summary>
    /// <param name="folder">Where ECG5000_TRAIN and ECG5000_TEST are, in any format that the library reads.</param>
    public static Ecg5000 Read(string folder)
    {
        SeriesSet train = ReadPart("TRAIN");
        return new Ecg5000(train, ReadPart("TEST").WithClasses(train.Classes));

        SeriesSet ReadPart(string part)
        {
            string[] files = Directory.GetFiles(folder, $"ECG5000_{part}.*");
            return files.Length > 0 ? SeriesFile.Read(files[0]) : throw new FileNotFoundException($"There is no file ECG5000_{part}.* in {Path.GetFullPath(folder)}.");
        }
    }

    /// <summary>A fifth of the training set as a test set, to choose settings by: the test set is for the last word only.</summary>
    public Ecg5000 ForChoosing(ulong seed)
    {
        (int[] rest, int[] fifth) = Splits.Stratified(Train.Labels, 0.2, seed);
        return new Ecg5000(Train.Subset(rest), Train.Subset(fifth));
    }
}
