using System.Diagnostics;
using FastNets.Data;
using FastNets.Memory;
using FastNets.Rocket;
using FastNets.Rocket.Heads;
using FastNets.Training;
using FastNets.Training.Metrics;

namespace FastNets.Classification;

/// <summary>One run of training, phase by phase; series and options were checked.</summary>
internal sealed class ClassifierTraining(
    SeriesSet train, SeriesSet? validation, ClassifierOptions options, FeaturePlan plan, ClassifierCallback? callback, CancellationToken cancellation)
{
    private readonly string[] _classes = [.. train.Classes];
    private double _fitTransform;
    private double _transform;
    private double _fitHead;

    /// <summary>Trains.</summary>
    public TrainingResult Run()
    {
        FrontEnd front = FitFrontEnd();
        using FeatureMatrix? rows = plan.KeepsTrain ? Rows(front, train) : null;
        using FeatureMatrix? validationRows = validation is not null && plan.KeepsValidation ? Rows(front, validation) : null;
        return options.Kind.HasNetwork() ? TrainNetwork(front, rows, validationRows) : FitRidge(front, rows!, validationRows);
    }

    private FeatureMatrix Rows(FrontEnd front, SeriesSet set) => Phase(ClassifierPhase.Transform, ref _transform, () => front.Rows(set));

    private FrontEnd FitFrontEnd()
    {
        MiniRocket? rocket = null;
        StandardScaler? scaler = null;
        if (options.Kind.HasRocket())
        {
            rocket = Phase(ClassifierPhase.FitTransform, ref _fitTransform, () => MiniRocket.Fit(Prepared(train), options.ForRocket()));
        }
        else
        {
            scaler = StandardScaler.Fit(Prepared(train));
        }

        return new FrontEnd(options.Preprocessing, rocket, scaler, train.Channels, rocket?.Parameters.InputLength ?? train.MaxLength);
    }

    private TrainingResult FitRidge(FrontEnd front, FeatureMatrix rows, FeatureMatrix? validationRows)
    {
        RidgeClassifier ridge = Phase(ClassifierPhase.FitHead, ref _fitHead, () => RidgeClassifierCV.Fit(rows, train.Labels, _classes.Length));
        return Result(front, options, new RidgeHead(ridge), null, validationRows);
    }

    private TrainingResult TrainNetwork(FrontEnd front, FeatureMatrix? rows, FeatureMatrix? validationRows)
    {
        StandardScaler? measured = rows is null ? Phase(ClassifierPhase.Transform, ref _transform, () => Measure(front.Rocket!)) : null;
        HeadSettings settings = HeadSettings.For(options, train.Count);
        ClassifierOptions filled = options with
        {
            Epochs = settings.Epochs,
            BatchSize = settings.BatchSize,
            LearningRate = settings.LearningRate,
            Optimizer = settings.Optimizer,
        };
        // Without MiniRocket its settings say nothing; a model file does not keep them.
        if (!options.Kind.HasRocket()) filled = filled with { Features = ClassifierOptions.DefaultFeatures, MaxDilationsPerKernel = ClassifierOptions.DefaultMaxDilations };
        NetworkHead head = NetworkHead.Create(options.Kind, front.RowLength, _classes.Length, options.Seed, settings.BatchSize);
        try
        {
            TrainingHistory history = Phase(ClassifierPhase.FitHead, ref _fitHead, () =>
            {
                front = Scaled(front, measured, rows, validationRows);
                return Trainer.Fit(
                    head.Network,
                    Source(front, train, rows),
                    validation is null ? null : Source(front, validation, validationRows),
                    settings.Optimizer.Create(settings.LearningRate),
                    new TrainerOptions { Epochs = settings.Epochs, BatchSize = settings.BatchSize, Seed = options.Seed, Callbacks = callback is null ? [] : [callback] },
                    cancellation);
            });
            return Result(front, filled, head, history, validationRows);
        }
        catch
        {
            head.Dispose();
            throw;
        }
    }

    private TrainingSource Source(FrontEnd front, SeriesSet set, FeatureMatrix? rows)
        => rows is null
            ? TrainingSource.FromTransform(Prepared(set), front.Rocket!, front.Scaler)
            : TrainingSource.FromFeatures(rows, set.Labels.ToArray(), set.Name);

    private StandardScaler Measure(MiniRocket rocket)
    {
        SeriesSet prepared = Prepared(train);
        return StandardScaler.Fit(
            rocket.FeatureCount,
            take => rocket.TransformChunks(prepared, (_, _, features) =>
            {
                cancellation.ThrowIfCancellationRequested();
                take(features);
            }));
    }

    // Proportions near 0.5 with deviations of a tenth are what sigmoids and one learning rate for all cannot cope with.
    private static FrontEnd Scaled(FrontEnd front, StandardScaler? measured, FeatureMatrix? rows, FeatureMatrix? validationRows)
    {
        if (front.Rocket is null) return front;
        StandardScaler scaler = measured ?? StandardScaler.Fit(rows!);
        if (rows is not null) scaler.Apply(rows);
        if (validationRows is not null) scaler.Apply(validationRows);
        return new FrontEnd(front.Preprocessing, front.Rocket, scaler, front.Channels, front.Length);
    }

    private SeriesSet Prepared(SeriesSet set) => FrontEnd.Prepare(set, options.Preprocessing);

    private TrainingResult Result(FrontEnd front, ClassifierOptions filled, ClassifierHead head, TrainingHistory? history, FeatureMatrix? validationRows)
    {
        // How much memory there was is nothing that a classifier has of its own.
        var classifier = new TimeSeriesClassifier(filled with { MaxFeatureBytes = null }, _classes, front, head);
        // Who has cancelled is not made to wait for the features of a whole set.
        bool measures = validation is not null && !(history is { Cancelled: true } && validationRows is null);
        double? accuracy = !measures ? null : validationRows is null ? classifier.Evaluate(validation!).Accuracy : Accuracy(head, validationRows);
        return new TrainingResult(classifier, history, accuracy, new PhaseSeconds(_fitTransform, _transform, _fitHead));
    }

    private double Accuracy(ClassifierHead head, FeatureMatrix rows)
    {
        float[] scores = new float[checked(rows.Rows * _classes.Length)];
        head.Score(rows, [], scores);
        int[] predicted = new int[rows.Rows];
        for (int i = 0; i < predicted.Length; i++) predicted[i] = ArgMax.Of(scores.AsSpan(i * _classes.Length, _classes.Length));
        return new ConfusionMatrix(validation!.Labels, predicted, _classes.Length).Accuracy;
    }

    private T Phase<T>(ClassifierPhase phase, ref double seconds, Func<T> work)
    {
        cancellation.ThrowIfCancellationRequested();
        callback?.OnPhaseStart(phase);
        long start = Stopwatch.GetTimestamp();
        T result = work();
        double elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        seconds += elapsed;
        callback?.OnPhaseEnd(phase, elapsed);
        return result;
    }
}
