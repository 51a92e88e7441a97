using System.Globalization;
using FastNets;
using FastNets.Data;
using RecurrentEcg5000;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var data = Ecg5000.Read(args[0]);

SeriesSet train = data.Train;
int only(string n, int v) { int i = Array.IndexOf(args, n); return i < 0 ? v : int.Parse(args[i + 1]); }
float f(string n, float v) { int i = Array.IndexOf(args, n); return i < 0 ? v : float.Parse(args[i + 1]); }
var t = new Training(only("--epochs", 20), f("--lr", 1e-2f));
var all = Ecg5000.Read(args[0]);
for (int k = 0; k < 3; k++)
{
    double sum = 0, time = 0, min = 1;
    for (ulong seed = 1; seed <= 5; seed++)
    {
        if (args.Contains("--choose")) data = all.ForChoosing(seed);
        using Network net = k == 0 ? new RnnClassifier(140, 5, seed) : k == 1 ? new LstmClassifier(140, 5, seed) : new GruClassifier(140, 5, seed);
        (double accuracy, double seconds) = t.Run(net, data);
        sum += accuracy; time += seconds; min = Math.Min(min, accuracy);
    }
    Console.WriteLine($"{k} {t} mean {sum / 5:0.0000} min {min:0.0000} {time / 5:0.0} s");
}
