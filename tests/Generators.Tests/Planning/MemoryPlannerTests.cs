using FastNets.Generators.Planning;
using FastNets.Generators.Tests.Harness;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Generators.Tests.Planning;

/// <summary>Buffers that share memory: what was written is still there when it is read.</summary>
public class MemoryPlannerTests
{
    [Test]
    public void No_buffer_of_a_random_network_is_overwritten_while_it_is_needed()
    {
        int shared = 0;
        for (int number = 0; number < 400; number++)
        {
            RandomNetwork network = RandomNetworks.Draw(number);
            NetworkPlan plan = Networks.Plan(network.Spec);
            new Execution(plan, network.Source).Run();
            shared += plan.Pools.Count(p => p.Buffers.Count > 1);
        }

        shared.ShouldBeGreaterThan(400);
    }

    [Test]
    public void The_check_finds_two_buffers_that_are_needed_at_once()
    {
        NetworkPlan plan = Networks.Plan("Input = 4", "Units = 5, Activation = Activation.Tanh -> Dense Hidden", "Units = 3 -> Dense Output");
        var all = new MemoryPool(new(plan.Pools.SelectMany(p => p.Buffers)));
        Should.Throw<ShouldAssertException>(() => new Execution(plan with { Pools = new([all]) }, "").Run());
    }

    [TestCase("Units = 64, Activation = Activation.ReLU -> Dense A;Units = 64, Activation = Activation.ReLU -> Dense B;Units = 10 -> Dense C")]
    [TestCase("Units = 300, Activation = Activation.Gelu -> Dense A; -> BatchNorm B;Units = 100, Activation = Activation.Silu -> Dense C;Rate = 0.5f -> Dropout D;Units = 10, Activation = Activation.Softmax -> Dense E")]
    [TestCase("Units = 16, Activation = Activation.Tanh -> Dense A;Units = 16, Activation = Activation.Tanh -> Dense B;Units = 16, Activation = Activation.Tanh -> Dense C;Units = 16, Activation = Activation.Tanh -> Dense D;Units = 2 -> Dense E")]
    public void Sharing_takes_less_memory_than_all_buffers_together(string layers)
    {
        NetworkPlan plan = Networks.Plan("Input = 128", layers.Split(';'));
        int together = plan.Pools.Sum(p => p.Buffers.Sum(b => b.Columns.Constant));
        int shared = plan.Pools.Sum(p => p.Buffers.Max(b => b.Columns.Constant));
        shared.ShouldBeLessThanOrEqualTo(together * 3 / 4);
    }

    // In numbers a sample, for buffers of samples, and in numbers, for the others.
    [TestCase("Length = 20, Channels = 2", "Units = 16, ReturnSequences = true -> Lstm A;Rate = 0.2f -> Dropout B;Units = 16 -> Lstm C;Units = 5 -> Dense D", 4290, 8554)]
    [TestCase("Length = 32, Channels = 1", "Filters = 8, KernelSize = 8, Padding = Padding.Same -> Conv1D A;Activation = Activation.ReLU -> BatchNorm B;Filters = 16, KernelSize = 5, Padding = Padding.Same -> Conv1D C;Activation = Activation.ReLU -> BatchNorm D;Filters = 8, KernelSize = 3, Padding = Padding.Same -> Conv1D E;Activation = Activation.ReLU -> BatchNorm F; -> GlobalAveragePool1D G;Units = 4 -> Dense H", 2124, 4192)]
    [TestCase("Length = 10, Channels = 3, Loss = Loss.MeanSquaredError", "Units = 8 -> Lstm A;Reverse = true -> SequenceDecoder B", 1410, 2482)]
    public void Planned_memory_of_known_networks(string attribute, string layers, int expected, int expectedTogether)
    {
        NetworkPlan plan = Networks.Plan(attribute, layers.Split(';'));
        int together = plan.Pools.Sum(p => p.Buffers.Sum(b => b.Columns.Constant));
        int shared = plan.Pools.Sum(p => p.Buffers.Max(b => b.Columns.Constant));
        (shared, together).ShouldBe((expected, expectedTogether));
        shared.ShouldBeLessThan(together);
    }

    // Knows nothing of lifetimes: plays the operations and remembers which buffer each memory holds.
    private sealed class Execution(NetworkPlan plan, string source)
    {
        private readonly Dictionary<string, int> _pools = plan.Pools.SelectMany((p, i) => p.Buffers.Select(b => (b.Name, Pool: i))).ToDictionary(b => b.Name, b => b.Pool);
        // What outlives a pass is there from the beginning.
        private readonly string?[] _contents = [.. plan.Pools.Select(p => p.Buffers.FirstOrDefault(b => b.IsLasting)?.Name)];

        public void Run()
        {
            foreach (MemoryPool pool in plan.Pools) pool.Buffers.Select(b => b.PerSample).Distinct().Count().ShouldBe(1, source);
            for (int step = 0; step < 2; step++)
            {
                Play(plan.Forward, gradient: true);
                Play(plan.Loss, gradient: true);
                Play(plan.Backward, gradient: true);
                Check(plan.Output.Name, "the caller");
                Play(plan.Infer, gradient: false);
                Check(plan.Output.Name, "the caller");
                Play(plan.Loss, gradient: false);
                Check(plan.Output.Name, "the caller");
            }
        }

        private void Play(IEnumerable<Operation> operations, bool gradient)
        {
            foreach (Operation operation in operations)
            {
                foreach (string name in operation.Reads) Check(name, operation.Comment);
                string[] writes = [.. operation.Operands.Where(o => o.Kind == OperandKind.Write || (gradient && o.Kind == OperandKind.WriteIfGradient)).Select(o => o.Text)];
                string[] touched = [.. writes.Union(operation.Reads)];
                touched.Select(n => _pools[n]).Distinct().Count().ShouldBe(touched.Length, $"{operation.Comment}: operands in one place\n{source}");
                foreach (string name in writes) _contents[_pools[name]] = name;
            }
        }

        private void Check(string buffer, string reader)
            => _contents[_pools[buffer]].ShouldBe(buffer, $"read by {reader}\n{source}");
    }
}
