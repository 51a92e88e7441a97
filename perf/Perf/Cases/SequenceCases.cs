namespace FastNets.Perf.Cases;

/// <summary>Training steps and inference of recurrent and convolutional networks.</summary>
internal static class SequenceCases
{
    public static IEnumerable<PerfCase> All { get; } =
    [
        .. Autoencoder(units: 5),
        .. Autoencoder(units: 100),
        .. NetworkCases.Pair("rnn/b32_t140_f1_h100", 32, batch => new RnnClassifier(140, 1, 100, maxBatch: batch)),
        .. NetworkCases.Pair("lstm/b32_t140_f1_h128", 32, batch => new LstmClassifier(140, 1, 128, maxBatch: batch)),
        .. NetworkCases.Pair("gru/b32_t140_f1_h128", 32, batch => new GruClassifier(140, 1, 128, maxBatch: batch)),
        .. NetworkCases.Pair("lstm/b64_t128_f64_h256", 64, batch => new LstmClassifier(128, 64, 256, maxBatch: batch)),
        .. NetworkCases.Pair("lstm/b1_t100_f16_h32", 1, batch => new LstmClassifier(100, 16, 32, maxBatch: batch)),
        .. NetworkCases.Pair("fcn/b16_t140", 16, batch => new FullyConvolutional(maxBatch: batch)),
    ];

    private static IEnumerable<PerfCase> Autoencoder(int units)
        => NetworkCases.Pair($"seq2seq_lstm/b1_t14_f5_h{units}", 1, batch => new SequenceAutoencoder(14, 5, units, maxBatch: batch));
}
