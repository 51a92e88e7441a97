// Runs all tests, or those whose names hold a word: self_test FOLDER [WORD]
#include "check.h"
#include "library.h"
#include <cstring>

int failed_checks;

std::vector<Test>& all_tests()
{
    static std::vector<Test> tests;
    return tests;
}

int main(int count, char** arguments)
{
    if (count < 2 || !load_libraries(arguments[1])) return 2;
    int passed = 0, failed = 0;
    for (const Test& test : all_tests())
    {
        if (count > 2 && std::strstr(test.name, arguments[2]) == nullptr) continue;
        const int before = failed_checks;
        fnEmulatorReset();
        test.run();
        fnEmulatorReset();
        if (failed_checks != before) std::printf("FAILED %s\n", test.name);
        (failed_checks == before ? passed : failed)++;
    }

    std::printf("%d passed, %d failed\n", passed, failed);
    return failed == 0 && passed > 0 ? 0 : 1;
}
