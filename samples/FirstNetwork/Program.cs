using System.Globalization;
using FastNets.Training.Optimizers;
using FirstNetwork;

const int Batch = 32;
const int Epochs = 40;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

var train = new TwoMoons(count: 1024, seed: 1);
var test = new TwoMoons(count: 500, seed: 2);

// All memory is taken here; a step allocates nothing.
using var net = new Moons(seed: 42, maxBatch: Batch);
var adam = new Adam(learningRate: 0.01f);

for (int epoch = 1; epoch <= Epochs; epoch++)
{
    float loss = 0;
    for (int start = 0; start < train.Count; start += Batch)
        loss += net.TrainStep(train.Points(start, Batch), train.Labels(start, Batch), adam).Loss;

    if (epoch % 10 == 0) Console.WriteLine($"Epoch {epoch,2}: loss {loss / (train.Count / Batch):0.0000}");
}

// One probability a class; the larger one is the answer.
float[] probabilities = new float[2 * test.Count];
net.Predict(test.Points(0, test.Count), probabilities);
int right = 0;
for (int i = 0; i < test.Count; i++)
{
    int answer = probabilities[2 * i] > probabilities[(2 * i) + 1] ? 0 : 1;
    if (answer == test.Labels(i, 1)[0]) right++;
}

Console.WriteLine($"Accuracy on {test.Count} unseen points: {100.0 * right / test.Count:0.0} %");
