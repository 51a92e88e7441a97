#include "library.h"
#include <cstdio>
#include <dlfcn.h>
#include <string>

#define FN_DEFINE(Result, name, parameters) Result(*name) parameters;
FN_LIBRARY(FN_DEFINE)
#undef FN_DEFINE

bool load_libraries(const char* folder)
{
    const std::string path = folder;
    void* const libraries[] = {dlopen((path + "/libcuda.so.1").c_str(), RTLD_NOW | RTLD_LOCAL), dlopen((path + "/libcublas.so.12").c_str(), RTLD_NOW | RTLD_LOCAL)};
    if (libraries[0] == nullptr || libraries[1] == nullptr)
    {
        std::printf("%s\n", dlerror());
        return false;
    }

    bool complete = true;
    const auto find = [&](const char* name)
    {
        void* const function = dlsym(libraries[std::string(name).rfind("cublas", 0) == 0 ? 1 : 0], name);
        if (function == nullptr) std::printf("%s is not exported\n", name);
        complete = complete && function != nullptr;
        return function;
    };
#define FN_FIND(Result, name, parameters) name = reinterpret_cast<Result(*) parameters>(find(#name));
    FN_LIBRARY(FN_FIND)
#undef FN_FIND
    return complete;
}
