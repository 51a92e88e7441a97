#include "ptx.h"
#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <cstring>

using namespace emulator;

namespace
{
    struct Driver
    {
        int version;
        int ptx;
    };

    // NVIDIA, PTX ISA, table "PTX Release History".
    constexpr Driver Drivers[] = {
        {9000, 60}, {9010, 61}, {9020, 62}, {10000, 63}, {10010, 64}, {10020, 65}, {11000, 70}, {11010, 71}, {11020, 72}, {11030, 73}, {11040, 74}, {11050, 75}, {11060, 76},
        {11070, 77}, {11080, 78}, {12000, 80}, {12010, 81}, {12020, 82}, {12030, 83}, {12040, 84}, {12050, 85}, {12070, 86}, {12080, 87}, {12090, 88}, {13000, 90},
    };

    std::string without_comments(const char* text)
    {
        std::string kept;
        for (const char* at = text; *at != 0;)
        {
            if (at[0] == '/' && at[1] == '/')
            {
                while (*at != 0 && *at != '\n') at++;
            }
            else if (at[0] == '/' && at[1] == '*')
            {
                const char* const end = std::strstr(at + 2, "*/");
                at = end == nullptr ? at + std::strlen(at) : end + 2;
                kept += ' ';
            }
            else
            {
                kept += *at++;
            }
        }

        return kept;
    }

    bool is_name(char c) { return std::isalnum((unsigned char)c) != 0 || c == '_' || c == '$' || c == '%'; }

    // The place behind a word, from a place on; npos where there is none.
    size_t behind(const std::string& text, const char* word, size_t from = 0)
    {
        const size_t length = std::strlen(word);
        for (size_t at = text.find(word, from); at != std::string::npos; at = text.find(word, at + 1))
        {
            const bool begins = at == 0 || (!is_name(text[at - 1]) && text[at - 1] != '.');
            if (begins && (at + length == text.size() || !is_name(text[at + length]))) return at + length;
        }

        return std::string::npos;
    }

    size_t past_space(const std::string& text, size_t at)
    {
        while (at < text.size() && std::isspace((unsigned char)text[at]) != 0) at++;
        return at;
    }

    std::string name_at(const std::string& text, size_t at)
    {
        size_t end = at;
        while (end < text.size() && is_name(text[end])) end++;
        return text.substr(at, end - at);
    }

    // Bytes of one declaration, as ".align 8 .b8 name[96]" or ".b32 name".
    size_t bytes_of(const std::string& declaration)
    {
        size_t element = 0;
        for (const char* const type : {".b8", ".u8", ".s8"}) element = behind(declaration, type) != std::string::npos ? 1 : element;
        for (const char* const type : {".b16", ".u16", ".s16", ".f16"}) element = behind(declaration, type) != std::string::npos ? 2 : element;
        for (const char* const type : {".b32", ".u32", ".s32", ".f32"}) element = behind(declaration, type) != std::string::npos ? 4 : element;
        for (const char* const type : {".b64", ".u64", ".s64", ".f64"}) element = behind(declaration, type) != std::string::npos ? 8 : element;
        for (size_t at = declaration.find('['); at != std::string::npos; at = declaration.find('[', at + 1)) element *= std::strtoull(declaration.c_str() + at + 1, nullptr, 10);
        return element;
    }

    // Shared memory that a text declares, and of what is declared elsewhere in the module, what it names.
    size_t shared_of(const std::string& module, size_t begin, size_t end)
    {
        const std::string body = module.substr(begin, end - begin);
        size_t bytes = 0;
        for (size_t at = behind(module, ".shared"); at != std::string::npos; at = behind(module, ".shared", at))
        {
            const size_t stop = std::min(module.find_first_of(";\n", at), module.size());
            const std::string declaration = module.substr(at, stop - at);
            const size_t bracket = declaration.find('[');
            if (bracket == std::string::npos || stop >= module.size() || module[stop] != ';') continue;
            size_t first = bracket;
            while (first > 0 && is_name(declaration[first - 1])) first--;
            const std::string name = declaration.substr(first, bracket - first);
            const bool inside = at >= begin && at < end;
            if (inside || behind(body, name.c_str()) != std::string::npos) bytes += bytes_of(declaration);
        }

        return bytes;
    }

    Status fail(Status status, const std::string& why, std::string& log)
    {
        log = "ptxas fatal   : " + why;
        return status;
    }

    bool read_kernel(const std::string& text, size_t at, PtxKernel& kernel)
    {
        at = past_space(text, at);
        kernel.name = name_at(text, at);
        const size_t open = past_space(text, at + kernel.name.size());
        const size_t body = text.find('{', at);
        if (kernel.name.empty() || open >= text.size() || body == std::string::npos) return false;
        if (text[open] == '(')
        {
            const size_t close = text.find(')', open);
            if (close == std::string::npos || close > body) return false;
            for (size_t parameter = open + 1; parameter < close;)
            {
                const size_t end = std::min(text.find(',', parameter), close);
                const std::string declaration = text.substr(parameter, end - parameter);
                if (behind(declaration, ".param") != std::string::npos) kernel.parameters.push_back(bytes_of(declaration));
                parameter = end + 1;
            }
        }

        const size_t threads = behind(text, ".maxntid", open);
        if (threads != std::string::npos && threads < body) kernel.most_threads = std::atoi(text.c_str() + threads);
        int depth = 0;
        for (size_t end = body; end < text.size(); end++)
        {
            if (text[end] == '{') depth++;
            if (text[end] != '}' || --depth > 0) continue;
            kernel.static_shared = shared_of(text, body, end);
            return true;
        }

        return false;
    }
}

int emulator::newest_ptx(int driver_version)
{
    int newest = 0;
    for (const Driver& driver : Drivers) newest = driver.version <= driver_version ? driver.ptx : newest;
    return newest;
}

Status emulator::read_ptx(const char* source, int newest_version, int capability, PtxModule& module, std::string& log)
{
    const std::string text = without_comments(source);
    const size_t version = behind(text, ".version");
    if (version == std::string::npos || text.find_first_not_of(" \t\r\n") != version - std::strlen(".version"))
        return fail(InvalidPtx, "the text does not begin with .version", log);
    int major = 0, minor = 0;
    if (std::sscanf(text.c_str() + version, " %d.%d", &major, &minor) != 2) return fail(InvalidPtx, "no number behind .version", log);
    module.version = major * 10 + minor;
    if (module.version > newest_version)
    {
        return fail(
            UnsupportedPtxVersion,
            "Unsupported .version " + std::to_string(major) + "." + std::to_string(minor) + "; current version is '" + std::to_string(newest_version / 10) + "."
                + std::to_string(newest_version % 10) + "'",
            log);
    }

    const size_t target = behind(text, ".target");
    if (target == std::string::npos || std::sscanf(text.c_str() + target, " sm_%d", &module.target) != 1) return fail(InvalidPtx, "no architecture behind .target", log);
    if (module.target > capability)
        return fail(InvalidPtx, "SM version specified by .target (sm_" + std::to_string(module.target) + ") is higher than the device's (sm_" + std::to_string(capability) + ")", log);
    const size_t size = behind(text, ".address_size");
    if (size == std::string::npos || std::atoi(text.c_str() + size) != 64) return fail(InvalidPtx, ".address_size 64 is missing", log);
    if (std::count(text.begin(), text.end(), '{') != std::count(text.begin(), text.end(), '}')) return fail(InvalidPtx, "the braces do not match; the text is cut short", log);
    for (size_t at = behind(text, ".entry"); at != std::string::npos; at = behind(text, ".entry", at))
    {
        PtxKernel kernel;
        if (!read_kernel(text, at, kernel)) return fail(InvalidPtx, "a syntax error behind .entry " + kernel.name, log);
        module.kernels.push_back(kernel);
    }

    return Success;
}
