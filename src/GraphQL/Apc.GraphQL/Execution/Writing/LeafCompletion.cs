using Apc.GraphQL.Execution.Resolving;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Execution.Writing;

/// <summary>A scalar or enum.</summary>
internal sealed class LeafCompletion(LeafType type, bool isNullable) : Completion(isNullable)
{
    protected override bool WriteValue(ResponseWriter response, object value)
    {
        try
        {
            type.Write(response.Output, value);
            return true;
        }
        catch (Exception e)
        {
            response.Report(FieldFailure.Unwritable(e));
            return false;
        }
    }
}
