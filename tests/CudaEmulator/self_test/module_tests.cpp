// Modules: which texts are refused, and what the log says.
#include "session.h"

namespace
{
    struct Loaded
    {
        int code;
        std::string error;
        void* module;
    };

    Loaded load(const std::string& text, size_t room = 1000)
    {
        char error[1000] = "unwritten", info[1000] = "unwritten";
        const int options[] = {3, 4, 5, 6, 12};
        void* values[] = {info, (void*)room, error, (void*)room, (void*)1};
        Loaded loaded = {};
        loaded.code = cuModuleLoadDataEx(&loaded.module, text.c_str(), 5, options, values);
        EQUAL(std::strlen(error) + 1, (size_t)values[3]); // with the zero behind it
        EQUAL(std::strlen(info) + 1, (size_t)values[1]);
        loaded.error = error;
        return loaded;
    }
}

TEST(a_module_gives_its_kernels)
{
    Session session;
    const Loaded loaded = load(ptx_of("toy_add", sizeof(AddArguments), "9.0", "sm_90", "ret;", 256));
    OK(loaded.code);
    CHECK(loaded.error.empty());
    EQUAL(1, fnEmulatorCount(FN_COUNT_MODULES));
    void* kernel = nullptr;
    void* again = nullptr;
    OK(cuModuleGetFunction(&kernel, loaded.module, "toy_add"));
    OK(cuModuleGetFunction(&again, loaded.module, "toy_add"));
    CHECK(kernel == again);
    int value = 0;
    OK(cuFuncGetAttribute(&value, 5, kernel));
    EQUAL(90, value);
    OK(cuFuncGetAttribute(&value, 0, kernel));
    EQUAL(256, value);
    EQUAL(500, cuModuleGetFunction(&again, loaded.module, "toy_places"));
    CHECK(message_says("not in the module's PTX"));
    OK(cuModuleUnload(loaded.module));
    EQUAL(0, fnEmulatorCount(FN_COUNT_MODULES));
    EQUAL(400, cuModuleUnload(loaded.module));
    EQUAL(400, cuFuncGetAttribute(&value, 5, kernel));
}

TEST(texts_that_can_not_be_run_are_refused)
{
    Session session;
    EQUAL(218, load("").code);
    EQUAL(218, load("int main() {}").code);
    EQUAL(218, load(".version 7.0\n.address_size 64\n").code);
    EQUAL(218, load(".version 7.0\n.target sm_80\n").code);
    EQUAL(218, load("// .version 7.0\n.target sm_80\n.address_size 64\n").code);
    const Loaded late = load(ptx_of("toy_add", 24, "9.1"));
    EQUAL(222, late.code);
    CHECK(late.error.find("9.1") != std::string::npos);
    const Loaded target = load(ptx_of("toy_add", 24, "8.8", "sm_100"));
    EQUAL(218, target.code);
    CHECK(target.error.find("sm_100") != std::string::npos);
    const std::string whole = ptx_of("toy_add", 24);
    EQUAL(218, load(whole.substr(0, whole.size() - 3)).code);
    EQUAL(200, load("\x7F" "ELF\x02").code);
    const Loaded cut = load(ptx_of("toy_add", 24, "9.1"), 10);
    EQUAL(9u, cut.error.size());
    void* module = nullptr;
    EQUAL(1, cuModuleLoadData(&module, nullptr));
    const int unknown[] = {1000};
    void* values[] = {nullptr};
    EQUAL(1, cuModuleLoadDataEx(&module, whole.c_str(), 1, unknown, values));
    EQUAL(0, fnEmulatorCount(FN_COUNT_MODULES));
}

TEST(the_driver_and_the_device_set_the_limits)
{
    fnEmulatorSetDriverVersion(11080);
    fnEmulatorSetComputeCapability(7, 5);
    Session session;
    OK(load(ptx_of("toy_add", 24, "7.8", "sm_75")).code);
    EQUAL(222, load(ptx_of("toy_add", 24, "8.0", "sm_75")).code);
    EQUAL(218, load(ptx_of("toy_add", 24, "7.0", "sm_80")).code);
}

TEST(kernels_of_another_build_are_refused)
{
    Session session;
    void* module = nullptr;
    void* kernel = nullptr;
    OK(cuModuleLoadData(&module, ptx_of("toy_add", sizeof(AddArguments) + 8).c_str()));
    EQUAL(500, cuModuleGetFunction(&kernel, module, "toy_add"));
    CHECK(message_says("stale"));
    CHECK(message_says("(32) bytes in the PTX, and 24 in the source"));
    OK(cuModuleLoadData(&module, ptx_of("toy_add", sizeof(AddArguments), "7.0", "sm_80", "ret;", 128).c_str()));
    EQUAL(500, cuModuleGetFunction(&kernel, module, "toy_add"));
    CHECK(message_says("128 threads in the PTX"));
    OK(cuModuleLoadData(&module, ptx_of("toy_new", 8).c_str()));
    EQUAL(500, cuModuleGetFunction(&kernel, module, "toy_new"));
    CHECK(message_says("not in the emulator"));
}

TEST(loading_fails_with_a_log_when_asked)
{
    Session session;
    fnEmulatorFailModules(218, "ptxas fatal   : something is wrong");
    const Loaded loaded = load(ptx_of("toy_add", 24));
    EQUAL(218, loaded.code);
    CHECK(loaded.error == "ptxas fatal   : something is wrong");
    fnEmulatorFailModules(0, nullptr);
    OK(load(ptx_of("toy_add", 24)).code);
}
