using System.Globalization;
using FastNets.Data;
using FastNets.Training;
using MiniRocketOnline;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args.Length != 2)
{
    Console.WriteLine("Give the training and the test file of ECGFiveDays.");
    return 2;
}

SeriesSet train = SeriesFile.Read(args[0]);
SeriesSet test = SeriesFile.Read(args[1]).WithClasses(train.Classes);

Show("offline,  1 step", Training.Offline(train, test, epochs: 1, learningRate: 1e-4f));
Show("offline, 50 steps", Training.Offline(train, test, epochs: 50, learningRate: 1e-4f));

using (RocketNetwork network = Training.NewOnline(train, maxBatch: 64))
{
    Show("online,   1 step", Training.Online(network, train, test, epochs: 1, learningRate: 1e-2f));

    // The weights are the same; only what is known of the features' means and variances changes.
    Training.TakeOutTheStart(network.Norm, steps: 1);
    Console.WriteLine($"  the same with the first batch's statistics: accuracy {Trainer.Evaluate(network, TrainingSource.FromSeries(test)).Accuracy:0.0000}");
}

using (RocketNetwork network = Training.NewOnline(train, maxBatch: 64))
    Show("online,  50 steps", Training.Online(network, train, test, epochs: 50, learningRate: 1e-2f));

return 0;

static void Show(string name, Outcome outcome)
    => Console.WriteLine($"{name}: first loss {outcome.FirstLoss:0.000000}, test loss {outcome.TestLoss:0.000000}, accuracy {outcome.Accuracy:0.0000}");
