// Objects that the program knows by handles: a handle of one that is gone, or of another kind, is found out.
#pragma once
#include <memory>
#include <unordered_map>

namespace emulator
{
    template <class T> class Handles
    {
    public:
        void* add(std::shared_ptr<T> object)
        {
            void* const handle = object.get();
            objects_[handle] = std::move(object);
            return handle;
        }

        std::shared_ptr<T> find(const void* handle) const
        {
            const auto at = objects_.find(handle);
            return at == objects_.end() ? nullptr : at->second;
        }

        bool remove(const void* handle) { return objects_.erase(handle) != 0; }

        void clear() { objects_.clear(); }

        size_t count() const { return objects_.size(); }

        auto begin() const { return objects_.begin(); }

        auto end() const { return objects_.end(); }

    private:
        std::unordered_map<const void*, std::shared_ptr<T>> objects_;
    };
}
