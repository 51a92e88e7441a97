// A test is a function that checks; a check that fails is printed, and the program goes on.
#pragma once
#include <cstdio>
#include <string>
#include <vector>

struct Test
{
    const char* name;
    void (*run)();
};

std::vector<Test>& all_tests();
extern int failed_checks;

struct TestEntry
{
    TestEntry(const char* name, void (*run)()) { all_tests().push_back({name, run}); }
};

#define TEST(name)                                  \
    static void name();                             \
    static const TestEntry name##_entry(#name, name); \
    static void name()

#define CHECK(condition)                                                          \
    do                                                                            \
    {                                                                             \
        if (!(condition))                                                         \
        {                                                                         \
            failed_checks++;                                                      \
            std::printf("%s:%d: not so: %s\n", __FILE__, __LINE__, #condition);   \
        }                                                                         \
    } while (false)

template <class Expected, class Actual> void check_equal(const char* file, int line, const char* text, Expected expected, Actual actual)
{
    if (actual == expected) return;
    failed_checks++;
    std::printf("%s:%d: %s is %.9g, not %.9g\n", file, line, text, (double)actual, (double)expected);
}

#define EQUAL(expected, actual) check_equal(__FILE__, __LINE__, #actual, expected, actual)
#define OK(call) EQUAL(0, call)
