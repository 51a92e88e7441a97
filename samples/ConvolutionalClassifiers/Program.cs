using System.Diagnostics;
using System.Globalization;
using ConvolutionalClassifiers;
using FastNets;
using FastNets.Data;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// Two files of univariate series of one length, or nothing: then series that are made by a formula.
SeriesSet train = args.Length == 2 ? SeriesFile.Read(args[0]) : SyntheticData.CylinderBellFunnel(perClass: 30, length: 128, seed: 1);
SeriesSet test = args.Length == 2 ? SeriesFile.Read(args[1]).WithClasses(train.Classes) : SyntheticData.CylinderBellFunnel(perClass: 100, length: 128, seed: 2);
train = StandardScaler.PerSeries(train);
test = StandardScaler.PerSeries(test);
Console.WriteLine($"{train.Name}: {train.Count} series to train on, {test.Count} to test, {train.MaxLength} steps, {train.Classes.Count} classes");

using var fcn = new Fcn(train.MaxLength, train.Classes.Count, seed: 1, maxBatch: Training.Batch);
using var resNet = new ResNet(train.MaxLength, train.Classes.Count, seed: 1, maxBatch: Training.Batch);
using var inception = new InceptionNet(train.MaxLength, train.Classes.Count, seed: 1, maxBatch: Training.Batch);
foreach (Network network in new Network[] { fcn, resNet, inception })
{
    long start = Stopwatch.GetTimestamp();
    (double firstLoss, double lastLoss, double accuracy) = Training.Run(network, train, test, epochs: 10);
    Console.WriteLine($"{network.Name,-12} {network.ParameterCount,7} parameters: loss {firstLoss:0.000} to {lastLoss:0.000}, accuracy {100 * accuracy:0.0} % ({Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s)");
}
