using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FastNets.Data;
using FastNets.Rocket;
using FastNets.Serialization;

namespace FastNets.Classification;

/// <summary>A whole classifier as one safetensors file.</summary>
internal static class ClassifierFile
{
    /// <summary>The format's name in the metadata.</summary>
    public const string Format = "fastnets.classifier";

    /// <summary>The format's version in the metadata.</summary>
    public const string Version = "1";

    private const string RocketPrefix = "rocket.";
    private const string DeterministicKey = "deterministic";
    private const string MeansName = "scaler.means";
    private const string ScalesName = "scaler.scales";
    private const int ScalerTensors = 2;

    /// <summary>Writes a classifier.</summary>
    /// <param name="classifier">The classifier.</param>
    /// <param name="path">The file's path.</param>
    public static void Save(TimeSeriesClassifier classifier, string path)
    {
        // Once to have the content as a reader sees it, once with its checksum.
        using var content = new MemoryStream();
        Write(classifier, null).WriteTo(content);
        content.Position = 0;
        Write(classifier, ModelChecksum.Compute(SafetensorsFile.Read(content, path))).Save(path);
    }

    /// <summary>Reads a classifier.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="DataFormatException">It cannot be used; the message says why.</exception>
    public static TimeSeriesClassifier Load(SafetensorsFile file)
    {
        NetworkFile.RequireFormat(file, Format, Version);
        ModelChecksum.Verify(file);
        var metadata = new ModelMetadata(file);
        ClassifierOptions options = Options(metadata);
        string[] classes = metadata.Names("classes");
        FrontEnd front = LoadFrontEnd(metadata, options);
        if (front.Rocket is not null) options = options with { AlwaysPads = front.TakesAnyLength, ReferenceLength = front.TakesAnyLength ? front.Length : null };
        ClassifierHead head = options.Kind.HasNetwork()
            ? NetworkHead.Load(file, options.Kind, front.RowLength, classes.Length, options.Seed)
            : RidgeHead.Load(metadata, front.RowLength, classes.Length);
        int tensors = (front.Rocket?.Parameters.TensorCount ?? 0) + (front.Scaler is null ? 0 : ScalerTensors) + head.TensorCount;
        if (tensors == file.Tensors.Count) return new TimeSeriesClassifier(options, classes, front, head);
        head.Dispose();
        throw DataFormatException.At(file.Name, 0, $"the file holds {file.Tensors.Count} tensors, but a model of the kind {options.Kind} has {tensors}.");
    }

    private static SafetensorsWriter Write(TimeSeriesClassifier classifier, string? checksum)
    {
        ClassifierOptions options = classifier.Options;
        var writer = new SafetensorsWriter();
        writer.AddMetadata("format", Format);
        writer.AddMetadata("version", Version);
        writer.AddMetadata("fastnets", typeof(ClassifierFile).Assembly.GetName().Version!.ToString(3));
        writer.AddMetadata("kind", options.Kind.ToString());
        writer.AddMetadata("classes", Json(classifier.Classes));
        writer.AddMetadata("channels", Text(classifier.Channels));
        writer.AddMetadata("length", Text(classifier.Length));
        writer.AddMetadata("preprocessing", options.Preprocessing.ToString());
        writer.AddMetadata("seed", options.Seed.ToString(CultureInfo.InvariantCulture));
        if (options.ValidationFraction is { } fraction) writer.AddMetadata("validation_fraction", fraction.ToString("R", CultureInfo.InvariantCulture));
        if (classifier.Front.Rocket is { } rocket)
        {
            writer.AddMetadata("features", Text(options.Features));
            writer.AddMetadata("max_dilations", Text(options.MaxDilationsPerKernel));
            // Files without it are older, or not deterministic: the same thing. What is said of padding follows from the parameters.
            if (options.Deterministic) writer.AddMetadata(DeterministicKey, "1");
            rocket.Parameters.AddTo(writer, RocketPrefix);
        }

        if (options.Kind.HasNetwork())
        {
            writer.AddMetadata("epochs", Text(options.Epochs!.Value));
            writer.AddMetadata("batch_size", Text(options.BatchSize!.Value));
            writer.AddMetadata("learning_rate", options.LearningRate!.Value.ToString("R", CultureInfo.InvariantCulture));
            writer.AddMetadata("optimizer", options.Optimizer!.Value.ToString());
        }

        if (classifier.Front.Scaler is { } scaler)
        {
            writer.Add(MeansName, scaler.Means);
            writer.Add(ScalesName, scaler.Scales);
        }

        classifier.Head.AddTo(writer);
        if (checksum is not null) writer.AddMetadata(ModelChecksum.Key, checksum);
        return writer;
    }

    private static ClassifierOptions Options(ModelMetadata metadata)
    {
        var options = new ClassifierOptions
        {
            Kind = metadata.Choice<ClassifierKind>("kind"),
            Preprocessing = metadata.Choice<SeriesPreprocessing>("preprocessing"),
            Seed = metadata.Seed("seed"),
            ValidationFraction = metadata.File.Metadata.ContainsKey("validation_fraction") ? metadata.Number("validation_fraction", double.Epsilon, 1) : null,
        };
        if (options.Kind.HasRocket())
        {
            options = options with
            {
                Features = metadata.Integer("features", 1),
                MaxDilationsPerKernel = metadata.Integer("max_dilations", 1),
                Deterministic = metadata.File.Metadata.ContainsKey(DeterministicKey) && metadata.Integer(DeterministicKey, 0) != 0,
            };
        }

        if (!options.Kind.HasNetwork()) return options;
        return options with
        {
            Epochs = metadata.Integer("epochs", 1),
            BatchSize = metadata.Integer("batch_size", 1),
            LearningRate = (float)metadata.Number("learning_rate", float.Epsilon, float.MaxValue),
            Optimizer = metadata.Choice<OptimizerKind>("optimizer"),
        };
    }

    private static FrontEnd LoadFrontEnd(ModelMetadata metadata, ClassifierOptions options)
    {
        SafetensorsFile file = metadata.File;
        int channels = metadata.Integer("channels", 1);
        int length = metadata.Integer("length", 1);
        MiniRocket? rocket = options.Kind.HasRocket() ? new MiniRocket(MiniRocketParameters.Load(file, RocketPrefix)) : null;
        if (rocket is not null && (rocket.Parameters.Channels != channels || rocket.Parameters.InputLength != length))
            throw DataFormatException.At(file.Name, 0, $"the metadata state series of {channels} channels and {length} time steps, but MiniRocket's parameters are for {rocket.Parameters.Channels} and {rocket.Parameters.InputLength}.");
        if ((long)channels * length > int.MaxValue)
            throw DataFormatException.At(file.Name, 0, $"series of {channels} channels and {length} time steps are larger than {int.MaxValue} values.");
        StandardScaler? scaler = options.Kind.HasNetwork() ? LoadScaler(file, rocket?.FeatureCount ?? channels) : null;
        return new FrontEnd(options.Preprocessing, rocket, scaler, channels, length);
    }

    private static StandardScaler LoadScaler(SafetensorsFile file, int variables)
    {
        ReadOnlySpan<double> means = file.Float64(MeansName, variables);
        ReadOnlySpan<double> scales = file.Float64(ScalesName, variables);
        try
        {
            return new StandardScaler(means, scales);
        }
        catch (ArgumentException e)
        {
            throw new DataFormatException($"{file.Name}: the scaler in it cannot be used. {e.Message}", e);
        }
    }

    private static string Json(IReadOnlyList<string> names)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartArray();
            foreach (string name in names) json.WriteStringValue(name);
            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
