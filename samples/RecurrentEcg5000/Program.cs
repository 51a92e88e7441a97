using System.Globalization;
using FastNets;
using FastNets.Data;
using RecurrentEcg5000;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args.Length is not (2 or 3))
{
    Console.WriteLine("Give the training and the test file of ECG5000; a seed behind them tries settings on a fifth of the training set instead of the test set.");
    return 2;
}

SeriesSet train = SeriesFile.Read(args[0]);
SeriesSet test = SeriesFile.Read(args[1]).WithClasses(train.Classes);
ulong seed = 1;
if (args.Length == 3)
{
    seed = ulong.Parse(args[2]);
    (int[] rest, int[] fifth) = Splits.Stratified(train.Labels, 0.2, seed);
    (train, test) = (train.Subset(rest), train.Subset(fifth));
}

Console.WriteLine($"{train.Count} series to train on, {test.Count} to test");
using var rnn = new RnnClassifier(train.MaxLength, train.Classes.Count, seed, Training.Batch);
using var lstm = new LstmClassifier(train.MaxLength, train.Classes.Count, seed, Training.Batch);
using var gru = new GruClassifier(train.MaxLength, train.Classes.Count, seed, Training.Batch);
Show(rnn);
Show(lstm);
Show(gru);
return 0;

void Show(Network network)
{
    (double accuracy, double seconds) = Training.Run(network, train, test);
    Console.WriteLine($"{network.Name,-14} {network.ParameterCount,5} parameters: accuracy {accuracy:0.0000} ({seconds:0.0} s)");
}
