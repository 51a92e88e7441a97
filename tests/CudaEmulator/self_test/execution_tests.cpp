// What kernels compute.
#include "session.h"
#include <map>
#include <numeric>

TEST(threads_and_blocks_have_their_numbers)
{
    Session session;
    const unsigned x = 3, y = 4, z = 2, threads = 33;
    const Device places = session.allocate(x * y * z * threads * 4 * sizeof(int));
    PointerArguments arguments = {places};
    void* parameters[] = {&arguments};
    OK(cuLaunchKernel(session.kernel("toy_places", sizeof arguments), x, y, z, threads, 1, 1, 0, session.stream, parameters, nullptr));
    OK(cuStreamSynchronize(session.stream));
    std::vector<int> found(x * y * z * threads * 4);
    OK(cuMemcpyDtoH_v2(found.data(), places, found.size() * sizeof(int)));
    bool right = true;
    for (size_t i = 0; i < found.size() / 4; i++)
    {
        const int block = (int)(i / threads);
        right = right && found[4 * i] == (int)(i % threads) && found[4 * i + 1] == block % 3 && found[4 * i + 2] == block / 3 % 4 && found[4 * i + 3] == block / 12;
    }

    CHECK(right);
}

TEST(threads_that_work_apart_go_in_strides)
{
    Session session;
    std::vector<float> x(1000), y(1000, 1.0f);
    std::iota(x.begin(), x.end(), 0.0f);
    const Device at = session.copy(y);
    OK(session.launch("toy_add", 2, 96, AddArguments{session.copy(x), at, 1000, 0.5f}));
    const auto sum = session.read(at, 1000);
    for (int i = 0; i < 1000; i += 37) EQUAL(1.0f + 0.5f * (float)i, sum[i]);
}

TEST(arithmetic_is_that_of_a_gpu)
{
    Session session;
    const float x = 1.0f + 0x1p-13f;
    const Device y = session.allocate(8 * sizeof(float));
    OK(session.launch("toy_math", 1, 1, MathArguments{y, x}));
    const auto found = session.read(y, 8);
    EQUAL(std::fma(x, x, -1.0f), found[0]);
    CHECK(found[0] != x * x - 1.0f);
    EQUAL(8.0f, found[1]);
    unsigned bits;
    std::memcpy(&bits, &found[2], sizeof bits);
    EQUAL(0x3F800000u, bits);
    EQUAL(std::sqrt(x), found[3]);
    EQUAL(1.0f / x, found[4]);
    EQUAL(2.0f, found[5]);
    EQUAL(x, found[6]);
    EQUAL((float)std::fma((double)x, (double)x, -1.0), found[7]);
}

TEST(blocks_run_in_either_order)
{
    Session session;
    std::vector<unsigned> first;
    for (int launch = 0; launch < 2; launch++)
    {
        const Device counter = session.allocate(4), order = session.allocate(5 * 4);
        OK(cuMemsetD32Async(counter, 0, 1, session.stream));
        OK(session.launch("toy_count", 5, 32, CountArguments{counter, order}));
        OK(cuStreamSynchronize(session.stream));
        unsigned found[5];
        OK(cuMemcpyDtoH_v2(found, order, sizeof found));
        for (unsigned i = 0; i < 5; i++) EQUAL(launch == 0 ? i : 4 - i, found[i]);
    }

    fnEmulatorSetOrder(2);
    const Device counter = session.allocate(4), order = session.allocate(5 * 4);
    OK(cuMemsetD32Async(counter, 0, 1, session.stream));
    OK(session.launch("toy_count", 5, 32, CountArguments{counter, order}));
    OK(cuStreamSynchronize(session.stream));
    unsigned found[5];
    OK(cuMemcpyDtoH_v2(found, order, sizeof found));
    EQUAL(4u, found[0]);
}

TEST(a_block_sums_and_finds_the_largest)
{
    Session session;
    const int rows = 5, columns = 300;
    std::vector<float> x(rows * columns);
    for (int i = 0; i < rows * columns; i++) x[i] = (float)((i * 7919) % 1000);
    for (const unsigned threads : {32u, 64u, 256u})
    {
        const Device sums = session.allocate(rows * 4), largest = session.allocate(rows * 4);
        OK(session.launch("toy_sum", rows, threads, SumArguments{session.copy(x), sums, largest, columns}));
        const auto found_sums = session.read(sums, rows);
        const auto found_largest = session.read(largest, rows);
        for (int row = 0; row < rows; row++)
        {
            float sum = 0.0f, most = 0.0f;
            for (int i = 0; i < columns; i++)
            {
                sum += x[row * columns + i];
                most = std::fmax(most, x[row * columns + i]);
            }

            EQUAL(sum, found_sums[row]);
            EQUAL(most, found_largest[row]);
        }
    }
}

TEST(lanes_exchange_their_values)
{
    Session session;
    const Device y = session.allocate(96 * 5 * 4);
    OK(session.launch("toy_exchange", 1, 96, PointerArguments{y}));
    OK(cuStreamSynchronize(session.stream));
    std::vector<int> found(96 * 5);
    OK(cuMemcpyDtoH_v2(found.data(), y, found.size() * 4));
    int ballot = 0;
    for (int lane = 0; lane < 32; lane += 3) ballot |= (int)(1u << lane);
    for (int thread = 0; thread < 96; thread++)
    {
        const int warp = thread / 32 * 32, lane = thread % 32;
        const int* const mine = &found[5 * thread];
        EQUAL((warp + (lane ^ 5)) * 10, mine[0]);
        EQUAL((warp + 31 - lane) * 10, mine[1]);
        EQUAL(ballot, mine[2]);
        EQUAL((thread ^ 1) * 10, mine[3]);
        int total = 0;
        for (int i = 0; i < 100; i++) total += (warp + ((lane + i) & 31)) * 10 + i;
        EQUAL(total, mine[4]);
    }
}

TEST(shared_memory_and_barriers_carry_values_across_a_block)
{
    Session session;
    for (const unsigned threads : {2u, 32u, 50u, 256u, 1024u})
    {
        std::vector<float> x(3 * threads);
        std::iota(x.begin(), x.end(), 1.0f);
        const Device y = session.allocate(x.size() * 4);
        OK(session.launch("toy_reverse", 3, threads, ReverseArguments{session.copy(x), y}, threads * 4));
        const auto found = session.read(y, x.size());
        bool right = true;
        for (unsigned i = 0; i < 3 * threads; i++) right = right && found[i] == 2.0f * x[i / threads * threads + threads - 1 - i % threads];
        CHECK(right);
    }
}

TEST(unwritten_shared_memory_is_nan_in_every_block)
{
    Session session;
    const Device y = session.allocate(4 * 2 * 4);
    OK(session.launch("toy_unwritten", 4, 32, PointerArguments{y}, 128));
    for (const float value : session.read(y, 8)) CHECK(std::isnan(value));
}
